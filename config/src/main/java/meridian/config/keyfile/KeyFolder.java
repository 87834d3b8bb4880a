package meridian.config.keyfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import meridian.signing.SigningKey;

/// A folder of key files, as people work with it.
public record KeyFolder(Path path) {

    /// All keys in it, by their names.
    ///
    /// @throws IOException naming what cannot be read, and why
    public List<SigningKey> read() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files = all.filter(file -> name(file).endsWith(KeyFile.PRIVATE)).sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new IOException(path + " is no folder; a folder of key files is accepted", e);
        }
        var keys = new ArrayList<SigningKey>();
        for (Path file : files) keys.add(read(file));
        return keys;
    }

    private static SigningKey read(Path file) throws IOException {
        String name = name(file);
        String stem = name.substring(0, name.length() - KeyFile.PRIVATE.length());
        try {
            return KeyFile.read(
                    Files.readString(file.resolveSibling(stem + KeyFile.PUBLIC)),
                    Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException("the file " + e.getFile() + " does not exist", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /// Adds a key; its private half is its owner's alone from the first octet on.
    ///
    /// @throws IOException if it cannot be written, or there is a file of its name
    public void add(SigningKey key, Instant created) throws IOException {
        Files.createDirectories(path);
        Path secret = path.resolve(KeyFile.stem(key) + KeyFile.PRIVATE);
        Files.createFile(
                secret,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, KeyFile.privateText(key, created));
        Files.writeString(
                path.resolve(KeyFile.stem(key) + KeyFile.PUBLIC),
                KeyFile.publicText(key),
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE_NEW);
    }
}
