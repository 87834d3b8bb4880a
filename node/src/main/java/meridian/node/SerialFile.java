package meridian.node;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import meridian.dns.transfer.SavedSerial;
import meridian.dns.wire.Serial;
import meridian.record.DomainName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The serials of the zones that a node gives to secondaries, on its disk: a line for each, with
/// the apex, the serial, and a digest of what the zone said under it.
///
/// @param file where they are
record SerialFile(Path file) {

    private static final Logger LOG = LoggerFactory.getLogger(SerialFile.class);

    /// None of a file that is not there. A line that cannot be read is one zone's trouble: its
    /// serial begins at the file's again. A file that cannot be read is set aside, since the next
    /// write would replace it.
    Map<DomainName, SavedSerial> read() {
        var serials = new HashMap<DomainName, SavedSerial>();
        if (!Files.exists(file)) return serials;
        try {
            // Any octet is a character of it, so that a bad one costs its line alone.
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1))
                read(line, serials);
        } catch (IOException e) {
            setAside(e);
        }
        return serials;
    }

    private void setAside(IOException why) {
        Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
        try {
            Files.move(file, aside, ATOMIC_MOVE, REPLACE_EXISTING);
            LOG.error(
                    "the serials in {} cannot be read, so they begin at those of the zone files;"
                            + " what was there is {} now: {}",
                    file,
                    aside,
                    why.toString());
        } catch (IOException e) {
            LOG.error(
                    "the serials in {} cannot be read, so they begin at those of the zone files: {};"
                            + " nor can it be set aside as {}: {}",
                    file,
                    why.toString(),
                    aside,
                    e.toString());
        }
    }

    private void read(String line, Map<DomainName, SavedSerial> into) {
        String[] words = line.split(" ", -1);
        try {
            if (words.length != 3) throw new IllegalArgumentException("three words are accepted");
            var saved = new SavedSerial(Serial.of(words[1]), words[2]);
            into.put(DomainName.of(words[0]), saved);
        } catch (IllegalArgumentException e) {
            LOG.error("a line of {} cannot be read: \"{}\": {}", file, line, e.getMessage());
        }
    }

    /// On disk when this returns.
    void write(Map<DomainName, SavedSerial> serials) throws IOException {
        String lines =
                serials.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(
                                entry ->
                                        entry.getKey()
                                                + " "
                                                + entry.getValue().serial()
                                                + " "
                                                + entry.getValue().digest()
                                                + "\n")
                        .collect(Collectors.joining());
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (var channel =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer octets = StandardCharsets.US_ASCII.encode(lines);
            while (octets.hasRemaining()) channel.write(octets);
            channel.force(true);
        }
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
        // A name in a directory is on disk when the directory is.
        try (var folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
