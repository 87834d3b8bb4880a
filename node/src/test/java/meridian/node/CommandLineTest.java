package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    void aWordIsUnderstoodWithoutTheOthers() {
        assertThat(Main.commandLine("run", "--help").getSubcommands()).containsOnlyKeys("run");
    }

    @Test
    void whatSpeaksOfWordsKnowsThemAll() {
        for (String word : List.of("help", "generate-completion", "flap", "--help"))
            assertThat(Main.commandLine(word).getSubcommands())
                    .as(word)
                    .containsOnlyKeys(Main.commandLine().getSubcommands().keySet());
        assertThat(Main.commandLine(new String[0]).getSubcommands()).containsKey("run");
    }

    @Test
    void aWordThatIsNoneIsAnError() {
        assertThat(Main.commandLine().execute("flap")).isEqualTo(2);
    }
}
