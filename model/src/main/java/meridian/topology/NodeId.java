package meridian.topology;

/// The name of a node, as the configuration writes it.
public record NodeId(String name) implements Comparable<NodeId> {

    public NodeId {
        Names.check("a node", name);
    }

    @Override
    public int compareTo(NodeId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
