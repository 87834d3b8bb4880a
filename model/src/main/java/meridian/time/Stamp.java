package meridian.time;

import java.util.Comparator;
import meridian.topology.NodeId;

/// When something was said, and by whom: no two are equal unless they are of the same saying.
public record Stamp(HybridTime time, NodeId node) implements Comparable<Stamp> {

    private static final Comparator<Stamp> ORDER =
            Comparator.comparing(Stamp::time).thenComparing(Stamp::node);

    /// This stamp, moved behind `before` where it is not newer: for what was said in the knowledge
    /// of the other, whatever the clocks showed.
    public Stamp after(Stamp before) {
        return compareTo(before) > 0 ? this : new Stamp(before.time().next(0), node);
    }

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }
}
