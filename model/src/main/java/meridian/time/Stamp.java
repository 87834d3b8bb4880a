package meridian.time;

import java.util.Comparator;
import meridian.topology.NodeId;

/// When something was said, and by whom: no two are equal unless they are of the same saying.
public record Stamp(HybridTime time, NodeId node) implements Comparable<Stamp> {

    private static final Comparator<Stamp> ORDER =
            Comparator.comparing(Stamp::time).thenComparing(Stamp::node);

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }
}
