package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is left on disk of files that were refused, or that the node did not get to serve.
class UnprovenFilesTest extends NodeFiles {

    /// The node is alive, so that nothing on disk may say that it died of them.
    @Test
    void filesThatWereRefusedWhileTheyWereLoadedAreNoDeath() throws Exception {
        String first = provenHash();
        Reloads running = reloads();
        NodeOptions options = running.first().options();
        writeBadNetworks();
        assertThat(running.again(options)).isEmpty();
        assertThat(distrusted()).doesNotExist();
        running.close();

        for (int start = 0; start < 2; start++) {
            Reloads again = reloads();
            assertThat(again.first().configuration().hash()).isEqualTo(first);
            assertThat(again.state().instead().orElseThrow()).endsWith("the files are refused");
            assertThat(again.state().problems()).singleElement().asString().contains("nowhere");
        }
    }

    /// Who is on trial meanwhile stays so, and is found guilty if the node is killed.
    @Test
    void filesThatAreRefusedChangeNothingForThoseBefore() throws Exception {
        String first = provenHash();
        write("b 10");
        Reloads killed = reloads();
        NodeOptions options = killed.first().options();
        byte[] note = Files.readAllBytes(distrusted());
        byte[] main = Files.readAllBytes(folder.resolve("meridian.conf"));
        FileTime age = Files.getLastModifiedTime(folder.resolve("meridian.conf"));
        writeBadNetworks();
        assertThat(killed.again(options)).isEmpty();
        assertThat(lines(Files.readAllBytes(distrusted()))).isEqualTo(lines(note));

        Files.write(folder.resolve("meridian.conf"), main);
        Files.setLastModifiedTime(folder.resolve("meridian.conf"), age);
        assertThat(reloads().first().configuration().hash()).isEqualTo(first);
    }

    /// Where a port is taken, say. What never served is nothing to fall back on, and is tried
    /// again.
    @Test
    void whatANodeDidNotStartWithIsNotKept() throws Exception {
        String first = provenHash();
        write("b 10");
        Reloads failing = reloads();
        String second = failing.first().configuration().hash();
        failing.notStarted();
        failing.close();
        assertThat(distrusted()).doesNotExist();
        assertThat(killed()).isEqualTo(second);

        Files.writeString(folder.resolve("meridian.conf"), "zones {{{");
        assertThat(reloads().first().configuration().hash()).isEqualTo(first);
    }

    /// A defect keeps the node from making a snapshot of it, say.
    @Test
    void whatWasNeverAnsweredIsNotProven() throws Exception {
        String first = provenHash();
        write("b 10");
        isServed = false;
        try (Reloads running = reloads()) {
            running.first();
            running.settle(System.nanoTime() + LONG_AFTER);
        }
        assertThat(reloads().first().configuration().hash()).isEqualTo(first);
    }

    private Path distrusted() throws IOException {
        return generations().resolve("distrusted");
    }

    /// Without the comment that has the time.
    private static List<String> lines(byte[] note) {
        return new String(note, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private void writeBadNetworks() throws IOException {
        Path networks = folder.resolve("networks.txt");
        Files.writeString(networks, "192.0.2.0/24 nowhere\n");
        Files.writeString(
                folder.resolve("meridian.conf"),
                Files.readString(folder.resolve("meridian.conf"))
                        + "geo { networks = \"networks.txt\" }\n");
    }
}
