package meridian.health;

import java.util.Map;
import meridian.topology.NodeId;

/// One checker's opinions of everything it watches.
///
/// Of two reports by one checker the one with the greater (incarnation, sequence) is the newer; the
/// incarnation grows with each start of the process, the sequence with each report.
///
/// @param abstains whether it does not trust its own sight: then no opinion in it is a vote
public record Report(
        NodeId vantage,
        long incarnation,
        long sequence,
        boolean abstains,
        Trie<WatchKey, Opinion> opinions) {

    public Report(
            NodeId vantage,
            long incarnation,
            long sequence,
            boolean abstains,
            Map<WatchKey, Opinion> opinions) {
        this(vantage, incarnation, sequence, abstains, Trie.copyOf(opinions));
    }

    public Report {
        if (incarnation < 0 || sequence < 0) {
            throw new IllegalArgumentException(
                    "the report of "
                            + vantage
                            + " is numbered "
                            + incarnation
                            + "/"
                            + sequence
                            + "; both count up from 0");
        }
    }

    public boolean isNewerThan(Report other) {
        return incarnation != other.incarnation
                ? incarnation > other.incarnation
                : sequence > other.sequence;
    }
}
