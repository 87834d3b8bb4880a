package meridian.config.zonefile;

import java.nio.file.Path;
import java.util.Optional;
import meridian.config.source.Spot;

/// Who reads files and notes which ones were read.
@FunctionalInterface
public interface FileOpener {

    /// The content of `file`, or nothing after a problem was told at `at`, where it is named.
    Optional<byte[]> octets(Path file, Spot at);
}
