package meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is typed, an operator gets problems and never a stack trace.
class MutatedConfigurationTest {

    private static final String TYPED = "{}[]\"=:,.#$+%- \n*a0\\";
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
