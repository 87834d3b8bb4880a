package meridian.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Size and age of a file: what tells that one was replaced, also by one of the same size.
record FileMark(long size, Instant modified) {

    /// A file that is gone has a mark too: going is a change as well.
    static FileMark of(Path file) {
        try {
            return new FileMark(Files.size(file), Files.getLastModifiedTime(file).toInstant());
        } catch (IOException _) {
            return new FileMark(-1, Instant.EPOCH);
        }
    }

    /// Of the files on disk, also where a configuration was read from a copy.
    static Map<Path, FileMark> ofAll(Collection<Path> files) {
        var marks = new TreeMap<Path, FileMark>();
        for (Path file : files) {
            Path onDisk = Path.of(file.toString());
            marks.put(onDisk, of(onDisk));
        }
        return marks;
    }
}
