package meridian.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import meridian.dns.transfer.SavedSerial;
import meridian.dns.wire.Serial;
import meridian.record.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialFileTest {

    @TempDir private Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        var file = new SerialFile(folder.resolve("node/serials"));
        var serials =
                Map.of(
                        DomainName.of("example.com"), new SavedSerial(new Serial(-1), "0a"),
                        DomainName.of("odd\\032name.example"),
                                new SavedSerial(new Serial(7), "0b"));
        assertThat(file.read()).isEmpty();
        file.write(serials);
        assertThat(file.read()).isEqualTo(serials);
    }

    @Test
    void aLineThatCannotBeReadCostsNoOther() throws IOException {
        Path path = folder.resolve("serials");
        Files.writeString(path, "example.com. x 0a\nexample.net. 5 0b\nexample.org.\n");
        assertThat(new SerialFile(path).read())
                .isEqualTo(
                        Map.of(DomainName.of("example.net"), new SavedSerial(new Serial(5), "0b")));
    }

    @Test
    void anOctetThatIsNoCharacterCostsNoOtherLine() throws IOException {
        Path path = folder.resolve("serials");
        Files.write(
                path, "example.com. 4 \u00ff\u00fe x\nexample.net. 5 0b\n".getBytes(ISO_8859_1));
        assertThat(new SerialFile(path).read())
                .isEqualTo(
                        Map.of(DomainName.of("example.net"), new SavedSerial(new Serial(5), "0b")));
    }

    /// A folder in its place stands for a disk that fails: whoever is root may read any file.
    @Test
    void whatCannotBeReadIsSetAside() throws IOException {
        Path path = folder.resolve("serials");
        Files.createDirectory(path);
        var file = new SerialFile(path);
        assertThat(file.read()).isEmpty();
        assertThat(folder.resolve("serials.unreadable")).isDirectory();
        var serials = Map.of(DomainName.of("example.com"), new SavedSerial(new Serial(7), "0a"));
        file.write(serials);
        assertThat(file.read()).isEqualTo(serials);
    }
}
