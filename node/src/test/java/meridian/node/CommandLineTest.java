package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {

    @Test
    void everyCommandShowsAnExampleInItsHelp() {
        for (CommandLine word : Main.commandLine().getSubcommands().values()) {
            if (word.getCommandName().equals("help")) continue;
            assertThat(word.getUsageMessage())
                    .contains("Example: ./meridian " + word.getCommandName());
        }
    }

    @Test
    void aWordThatIsNoneIsAnError() {
        assertThat(Main.commandLine().execute("flap")).isEqualTo(2);
    }
}
