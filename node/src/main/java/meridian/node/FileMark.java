package meridian.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

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
}
