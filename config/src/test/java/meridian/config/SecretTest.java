package meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where keys come from, and that nobody gets to see them.
class SecretTest {

    private static final String FIRST = "first-key-of-the-fleet";
    private static final String SECOND = "second-key-of-the-fleet";

    @TempDir private Path folder;
    private ConfigFolder config;

    @BeforeEach
    void writeConfiguration() throws IOException {
        config =
                new ConfigFolder(folder)
                        .with("meridian.conf", "zones { \"example.com\" { file = \"z\" } }\n")
                        .with("z", "@ 60 SOA a b 1 2 3 4 5\n@ 60 NS ns.example.net.\n");
    }

    private ClusterSettings read(Map<String, String> environment) {
        return switch (config.read(environment)) {
            case ConfigOutcome.Accepted(var configuration, _) -> configuration.cluster();
            case ConfigOutcome.Refused(var problems, _) -> throw new AssertionError(problems);
        };
    }

    private static Secret secret(String text) {
        return new Secret(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void keysComeFromTheEnvironment() {
        ClusterSettings cluster =
                read(Map.of("MERIDIAN_CLUSTER_KEY", FIRST, "MERIDIAN_CLUSTER_SECOND_KEY", SECOND));
        assertThat(cluster.key()).contains(secret(FIRST));
        assertThat(cluster.secondKey()).contains(secret(SECOND));
    }

    @Test
    void aFileCountsMoreThanTheEnvironmentAndItsLineEndIsNoPartOfTheKey() throws IOException {
        config.with("conf.d/key.conf", "cluster { key-file = \"k\" }\n")
                .with("conf.d/k", SECOND + "\n");
        assertThat(read(Map.of("MERIDIAN_CLUSTER_KEY", FIRST)).key()).contains(secret(SECOND));
    }

    @Test
    void withoutAnyThereIsNone() {
        assertThat(read(Map.of()).key()).isEmpty();
    }

    @Test
    void aShortKeyInTheEnvironmentIsRefusedWithoutShowingIt() {
        assertThat(config.problems(config.read(Map.of("MERIDIAN_CLUSTER_KEY", "hunter2"))))
                .singleElement()
                .asString()
                .contains("MERIDIAN_CLUSTER_KEY: the key has 7 octets")
                .doesNotContain("hunter2");
    }

    @Test
    void aSecretDoesNotPrintItself() {
        assertThat(secret(FIRST)).hasToString("a secret of 22 octets");
    }
}
