package meridian.node;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A note on disk of files that are not to be loaded: those that are being tried, since the node
/// that dies of them must find it when it starts again, and those that an operator rolled back.
///
/// @param file where the note is
record Distrust(Path file) {

    private static final Logger LOG = LoggerFactory.getLogger(Distrust.class);

    /// What the note says.
    ///
    /// @param inputs the files as they were; other ones may be loaded
    /// @param generation what is to be served in their place
    /// @param reason as it is shown
    record Note(String inputs, long generation, String reason) {}

    Optional<Note> note() {
        var read = new Properties();
        if (!Files.isRegularFile(file)) return Optional.empty();
        try (InputStream in = Files.newInputStream(file)) {
            read.load(in);
            return Optional.of(
                    new Note(
                            read.getProperty("inputs", ""),
                            Long.parseLong(read.getProperty("generation", "0")),
                            read.getProperty("reason", "")));
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("the note {} cannot be read, and is left aside: {}", file, e.toString());
            return Optional.empty();
        }
    }

    /// On disk when this returns.
    void write(Note note) throws IOException {
        var written = new Properties();
        written.setProperty("inputs", note.inputs());
        written.setProperty("generation", Long.toString(note.generation()));
        written.setProperty("reason", note.reason());
        var octets = new ByteArrayOutputStream();
        written.store(octets, "Files that this node does not load");
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (var channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(octets.toByteArray()));
            channel.force(true);
        }
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    void clear() throws IOException {
        Files.deleteIfExists(file);
    }
}
