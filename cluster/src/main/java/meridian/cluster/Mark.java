package meridian.cluster;

import meridian.health.Report;

/// The number of a node's message: how often it started, and how much it said since.
///
/// @param incarnation grows with each start of the process
/// @param sequence grows with each message
public record Mark(long incarnation, long sequence) implements Comparable<Mark> {

    public Mark {
        if (incarnation < 0 || sequence < 0) {
            throw new IllegalArgumentException(
                    "no message is numbered "
                            + incarnation
                            + "/"
                            + sequence
                            + "; both count up from 0");
        }
    }

    public static Mark of(Report report) {
        return new Mark(report.incarnation(), report.sequence());
    }

    /// Of an incarnation that has said nothing yet.
    static Mark started(long incarnation) {
        return new Mark(incarnation, 0);
    }

    /// Whether a message can have it.
    boolean isOfMessage() {
        return sequence > 0;
    }

    Mark next() {
        return new Mark(incarnation, sequence + 1);
    }

    @Override
    public int compareTo(Mark other) {
        int order = Long.compare(incarnation, other.incarnation);
        return order != 0 ? order : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return incarnation + "/" + sequence;
    }
}
