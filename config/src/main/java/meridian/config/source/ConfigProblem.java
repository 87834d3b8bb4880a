package meridian.config.source;

import java.nio.file.Path;
import java.util.Comparator;

/// One thing that is wrong with a configuration, in one line that says where, what and what
/// instead.
///
/// @param line from 1, or [Spot#NO_LINE]
/// @param path the key with its parents, or the owner and type in a zone file; empty for a file
/// @param wrong what is wrong, as the end of a sentence about `path`
/// @param accepted what would be accepted; empty where `wrong` says it all
public record ConfigProblem(
        Path file, int line, String path, String wrong, String accepted, Severity severity)
        implements Comparable<ConfigProblem> {

    /// An error refuses the configuration, a warning only asks for a second look.
    public enum Severity {
        ERROR,
        WARNING
    }

    private static final Comparator<ConfigProblem> ORDER =
            Comparator.comparing(ConfigProblem::file)
                    .thenComparingInt(ConfigProblem::line)
                    .thenComparing(ConfigProblem::path)
                    .thenComparing(ConfigProblem::wrong)
                    .thenComparing(ConfigProblem::accepted)
                    .thenComparing(ConfigProblem::severity);

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public int compareTo(ConfigProblem other) {
        return ORDER.compare(this, other);
    }

    /// `FILE:LINE: services.shop.ttl: "20x" is no duration; 500ms, 20s or 5m is accepted`.
    @Override
    public String toString() {
        return new Spot(file, line, path)
                + ": "
                + (isError() ? "" : "warning: ")
                + (path.isEmpty() ? "" : path + ": ")
                + wrong
                + (accepted.isEmpty() ? "" : "; " + accepted);
    }
}
