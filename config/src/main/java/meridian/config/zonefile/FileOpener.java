package meridian.config.zonefile;

import java.nio.file.Path;
import java.util.Optional;
import meridian.config.source.Spot;
import meridian.record.Octets;

/// Who reads files and notes which ones were read.
@FunctionalInterface
public interface FileOpener {

    /// The content of `file`, which the caller closes, or nothing after a problem was told at `at`,
    /// where it is named.
    Optional<Octets> octets(Path file, Spot at);
}
