package meridian.time;

import meridian.topology.NodeId;

/// When something was said, and by whom: no two are equal unless they are of the same saying.
public record Stamp(HybridTime time, NodeId node) implements Comparable<Stamp> {

    /// This stamp, moved behind `before` where it is not newer: for what was said in the knowledge
    /// of the other, whatever the clocks showed.
    public Stamp after(Stamp before) {
        return compareTo(before) > 0 ? this : new Stamp(before.time().next(0), node);
    }

    /// As of a record; written out as in [NodeId].
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Stamp stamp
                        && time.equals(stamp.time)
                        && node.equals(stamp.node));
    }

    @Override
    public int hashCode() {
        return 31 * time.hashCode() + node.hashCode();
    }

    @Override
    public int compareTo(Stamp other) {
        int order = time.compareTo(other.time);
        return order != 0 ? order : node.compareTo(other.node);
    }
}
