package meridian.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/// A configuration that this node has served, with the files it was made of, as they were then.
///
/// @param number counts up with each that is kept
/// @param file a zip file of the files, under their own names
/// @param main the name of the main one
/// @param hash of the configuration
/// @param accepted when it began to serve
/// @param watched every file and folder whose change may change it
/// @param inputs what told those from others; see [Inputs]
/// @param geoSource what told its geo databases from others; empty: the embedded table
/// @param atlas its geo databases as they were read; empty: the embedded table
record Generation(
        long number,
        Path file,
        String main,
        String hash,
        Instant accepted,
        List<Path> watched,
        String inputs,
        String geoSource,
        Optional<Path> atlas) {

    static final String CARD = "/.meridian-generation";
    private static final String FORMAT = "1";

    Generation {
        watched = List.copyOf(watched);
    }

    /// The same in another file.
    Generation in(Path other) {
        return new Generation(
                number, other, main, hash, accepted, watched, inputs, geoSource, atlas);
    }

    /// Whether this is the main file that it was made of.
    boolean isOf(Path other) {
        return Path.of(main).normalize().equals(other.toAbsolutePath().normalize());
    }

    /// Whether the files are as they were when this was read from them.
    boolean isWhatTheFilesSay() {
        return inputs.equals(Inputs.of(watched));
    }

    /// Writes what tells this generation, as the entry [#CARD] of its zip file has it.
    void writeCard(OutputStream out) throws IOException {
        var card = new Properties();
        card.setProperty("format", FORMAT);
        card.setProperty("main", main);
        card.setProperty("hash", hash);
        card.setProperty("accepted", accepted.toString());
        card.setProperty(
                "watched", watched.stream().map(Path::toString).collect(Collectors.joining("\n")));
        card.setProperty("inputs", inputs);
        card.setProperty("geo", geoSource);
        card.store(out, "What a Meridian node served");
    }

    /// @throws IOException if it is of another version of Meridian, or none at all
    static Generation read(long number, Path file, FileSystem zip, Optional<Path> atlas)
            throws IOException {
        var card = new Properties();
        try (InputStream in = Files.newInputStream(zip.getPath(CARD))) {
            card.load(in);
        }
        if (!FORMAT.equals(card.getProperty("format")))
            throw new IOException("it is of format " + card.getProperty("format"));
        try {
            return new Generation(
                    number,
                    file,
                    card.getProperty("main", ""),
                    card.getProperty("hash", ""),
                    Instant.parse(card.getProperty("accepted", "")),
                    card.getProperty("watched", "").lines().map(Path::of).toList(),
                    card.getProperty("inputs", ""),
                    card.getProperty("geo", ""),
                    atlas);
        } catch (DateTimeException e) {
            throw new IOException(e);
        }
    }

    /// As people say it.
    @Override
    public String toString() {
        return "generation " + number + " of " + accepted;
    }
}
