package meridian.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The audit log: one JSON object a line, only ever appended to, each forced to the disk.
///
/// The file is opened for each line, so that it may be moved away by whoever rotates logs.
public final class AuditFile implements Audit {

    private final Path path;

    public AuditFile(Path path) {
        this.path = path;
    }

    @Override
    public synchronized void write(Line line) throws IOException {
        try (var channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer octets = ByteBuffer.wrap(Json.line(line).getBytes(StandardCharsets.UTF_8));
            while (octets.hasRemaining()) channel.write(octets);
            channel.force(true);
        }
    }
}
