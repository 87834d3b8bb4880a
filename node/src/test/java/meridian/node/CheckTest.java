package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckTest {

    @TempDir private Path folder;

    @Test
    void aGeoDatabaseThatIsRefusedIsToldWithTheLineThatNamesIt() throws IOException {
        String config =
                """
                geo {
                  as-database = [
                    "numbers.mmdb"
                  ]
                }
                """;
        Path numbers = Files.writeString(folder.resolve("numbers.mmdb"), "no database at all");
        assertThat(problems(config))
                .contains("meridian.conf:3: geo.as-database[0]: " + numbers + ": ");
    }

    @Test
    void aMissedGoldenLookUpIsToldWithTheSection() throws IOException {
        assertThat(problems("\ngeo { golden = [{ address = \"10.0.0.1\", country = DE }] }\n"))
                .contains("meridian.conf:2: geo: the golden look-up of 10.0.0.1 gives the country");
    }

    @Test
    void aCertificateThatNobodyCouldBeShownIsAWarning() throws IOException {
        Path certificate = Files.createFile(folder.resolve("tls.pem"));
        Files.createFile(folder.resolve("tls.key"));
        assertThat(checked("dns { tls { certificate = tls.pem, key = tls.key } }", 0))
                .contains(
                        "warning: nobody is served encrypted: "
                                + certificate
                                + ": has no certificate; certificates as PEM are accepted");
    }

    private String problems(String config) throws IOException {
        return checked(config, 1);
    }

    private String checked(String config, int status) throws IOException {
        Path file = Files.writeString(folder.resolve("meridian.conf"), config);
        var out = new StringWriter();
        CommandLine check = Main.commandLine("check");
        check.setOut(new PrintWriter(out));
        assertThat(check.execute("check", file.toString())).isEqualTo(status);
        return out.toString();
    }
}
