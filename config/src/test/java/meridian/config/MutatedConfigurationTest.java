package meridian.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is typed, an operator gets problems and never a stack trace.
class MutatedConfigurationTest {

    private static final String TYPED = "{}[]\"=:,.#$+%- \n*a0\\";
    private static final List<String> NUMBERS = List.of("0", "9999999999");
    private static final List<String> TEXTS = List.of("\"\"", "\"\\u0000\"", "\"..\"");

    /// A number or a text in quotes, outside of comments.
    private static final Pattern VALUE =
            Pattern.compile(
                    "(?m)(?<=^[^#\\n]{0,200})(?:\"[^\"\n]*\"|(?<number>[0-9]+(?:\\.[0-9]+)?))");

    private static final int ROUNDS = Integer.getInteger("meridian.rounds", 100);

    @TempDir private Path folder;

    @Test
    void noTextMakesTheReaderThrow() throws IOException {
        String text = Files.readString(Path.of("src/main/resources/reference.conf"));
        String zone = Files.readString(Path.of("examples/example.com.zone"));
        long seed = Long.getLong("meridian.seed", 1L);
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var config =
                    new ConfigFolder(folder)
                            .with("meridian.conf", mutated(text, random))
                            .with("example.com.zone", mutated(zone, random));
            assertThat(config.problems()).as("seed %d, round %d", seed, round).isNotEmpty();
        }
    }

    /// Each number and each text may be any: what a value of the model refuses is a problem of the
    /// configuration.
    @Test
    void noNumberAndNoTextMakesTheReaderThrow() throws IOException {
        String text = Files.readString(Path.of("src/main/resources/reference.conf"));
        new ConfigFolder(folder)
                .with("example.com.zone", Files.readString(Path.of("examples/example.com.zone")));
        Matcher value = VALUE.matcher(text);
        while (value.find()) {
            List<String> others = value.group("number") == null ? TEXTS : NUMBERS;
            for (String other : others) {
                String mutant =
                        text.substring(0, value.start()) + other + text.substring(value.end());
                var config = new ConfigFolder(folder).with("meridian.conf", mutant);
                assertThatCode(config::read)
                        .as("%s for %s at %d", other, value.group(), value.start())
                        .doesNotThrowAnyException();
            }
        }
    }

    private static String mutated(String text, Random random) {
        var mutant = new StringBuilder(text);
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(mutant.length());
            char typed = TYPED.charAt(random.nextInt(TYPED.length()));
            switch (random.nextInt(3)) {
                case 0 -> mutant.deleteCharAt(at);
                case 1 -> mutant.insert(at, typed);
                default -> mutant.setCharAt(at, typed);
            }
        }
        return mutant.toString();
    }
}
