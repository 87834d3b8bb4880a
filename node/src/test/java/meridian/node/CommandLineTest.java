package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
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

    @Test
    void everyCommandSaysWhatItDoesInOneLineOfTheListOfAll() {
        assertThat(Main.commandLine().getUsageMessage().lines())
                .filteredOn(line -> line.startsWith("  demo") || line.startsWith("  sim"))
                .hasSize(2)
                .allMatch(line -> line.endsWith("."));
    }

    @Test
    void whatIsMistypedIsToldInTwoLines() {
        assertThat(errors("run", "--lissen", "127.0.0.1:53"))
                .startsWith("meridian: Unknown options: '--lissen'")
                .endsWith("Try: ./meridian run --help\n")
                .doesNotContain("Usage:");
        for (String text : List.of("foo", "127.0.0.1:99999", "127.0.0.999:53"))
            assertThat(errors("run", "--listen", text))
                    .contains("\"" + text + "\" is no address with a port", "192.0.2.1:53")
                    .doesNotContain("Exception");
    }

    @Test
    void whereTheApiIsMustBeAUrl() {
        for (String text : List.of("foo", "ftp://a", "http:///v1", "http://a b"))
            assertThatThrownBy(() -> ApiOptionsMixin.url("--api", text))
                    .hasMessage(
                            "--api is \""
                                    + text
                                    + "\"; a URL such as http://127.0.0.1:8053 is accepted");
    }

    private static String errors(String... arguments) {
        var errors = new StringWriter();
        CommandLine line = Main.commandLine(arguments);
        line.setErr(new PrintWriter(errors));
        assertThat(line.execute(arguments)).isEqualTo(2);
        return errors.toString();
    }
}
