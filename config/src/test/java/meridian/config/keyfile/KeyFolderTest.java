package meridian.config.keyfile;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {

    @TempDir private Path folder;

    @Test
    void aFolderThatIsNoneIsToldAsSuch() {
        Path none = folder.resolve("kyes");
        assertThatThrownBy(() -> new KeyFolder(none).read())
                .isInstanceOf(IOException.class)
                .hasMessage(none + " is no folder; a folder of key files is accepted");
    }

    @Test
    void aPrivateHalfWithoutItsPublicOneIsToldWithTheFileThatIsMissing() throws IOException {
        Files.createFile(folder.resolve("Kexample.com.+013+00001.private"));
        assertThatThrownBy(() -> new KeyFolder(folder).read())
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the file "
                                + folder.resolve("Kexample.com.+013+00001.key")
                                + " does not exist");
    }
}
