package meridian.cluster;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A folder of the operating system's.
final class FileDirectory implements Directory {

    private final Path path;
    private final DirectoryLock lock;

    private FileDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Takes it for this process. It is made if there is none.
    ///
    /// @throws IOException if another process uses it, or it cannot be written
    static FileDirectory take(Path path) throws IOException {
        Files.createDirectories(path);
        return new FileDirectory(path, DirectoryLock.take(path));
    }

    @Override
    public boolean has(String name) {
        return Files.exists(path.resolve(name));
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        return has(name) ? Optional.of(Files.readAllBytes(path.resolve(name))) : Optional.empty();
    }

    @Override
    public void write(String name, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(path.resolve(name), CREATE, WRITE, TRUNCATE_EXISTING)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) channel.write(left);
            channel.force(true);
        }
    }

    @Override
    public void move(String from, String to) throws IOException {
        Files.move(path.resolve(from), path.resolve(to), ATOMIC_MOVE, REPLACE_EXISTING);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
    }

    /// A name in a directory is on disk when the directory is.
    @Override
    public void sync() throws IOException {
        try (var channel = FileChannel.open(path, READ)) {
            channel.force(true);
        }
    }

    /// Lets another process use it.
    @Override
    public void close() throws IOException {
        lock.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
