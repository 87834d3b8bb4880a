package meridian.config.zonefile;

import java.nio.file.Path;
import java.util.Optional;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.Octets;

/// What is read of one zone from all of its files, within bounds: a slip of the pen, or a file that
/// is none of ours, must not take down the node that reads it while it answers.
final class ZoneIntake {

    /// Whoever takes the records.
    @FunctionalInterface
    interface Sink {
        void accept(WireRecord record, long ttl, Path file, int line);
    }

    /// @param records of a zone; the largest that are signed and served have about a million
    /// @param files that a zone includes
    /// @param mistakes after which the rest is no zone file either
    record Bounds(int records, int files, int mistakes) {

        static final Bounds USUAL = new Bounds(4_000_000, 1_000, 1_000);
    }

    private final Bounds bounds;
    private final FileOpener opener;
    private final Problems problems;
    private final Sink sink;
    private int records;
    private int files;
    private int mistakes;
    private boolean ended;
    private boolean hasGaps;
    private boolean isAstray;

    ZoneIntake(Bounds bounds, FileOpener opener, Problems problems, Sink sink) {
        this.bounds = bounds;
        this.opener = opener;
        this.problems = problems;
        this.sink = sink;
    }

    void take(WireRecord record, long ttl, Path file, int line) {
        if (ended) return;
        if (records++ < bounds.records) sink.accept(record, ttl, file, line);
        else
            end(
                    new Spot(file, line, ""),
                    "is where the zone comes to more than " + bounds.records + " records",
                    "up to " + bounds.records + " in all of its files are accepted");
    }

    /// The content of a file that is included.
    Optional<Octets> include(Path file, Spot at) {
        if (files++ == bounds.files) {
            end(
                    at,
                    "is where the zone comes to more than " + bounds.files + " files",
                    "up to " + bounds.files + " are accepted");
            return Optional.empty();
        }
        Optional<Octets> content = opener.octets(file, at);
        hasGaps |= content.isEmpty();
        return content;
    }

    /// Tells of an entry that is not read.
    void refuse(Spot at, String wrong, String accepted) {
        hasGaps = true;
        if (mistakes++ < bounds.mistakes) problems.refuse(at, wrong, accepted);
        else
            end(
                    at,
                    "is where the zone comes to more than "
                            + bounds.mistakes
                            + " mistakes, and reading it ends",
                    "a zone file (RFC 1035 §5) is accepted");
    }

    /// Where names are below could not be read.
    void goAstray() {
        isAstray = true;
    }

    /// Whether a bound is reached, so that no more is to be read.
    boolean hasEnded() {
        return ended;
    }

    /// Whether the zone has more than was read: what seems to be missing may be there.
    boolean hasGaps() {
        return hasGaps;
    }

    /// Whether the names that were read may be others than those that were meant.
    boolean isAstray() {
        return isAstray;
    }

    private void end(Spot at, String wrong, String accepted) {
        if (ended) return;
        ended = true;
        hasGaps = true;
        problems.refuse(at, wrong, accepted);
    }
}
