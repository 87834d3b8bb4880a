package meridian.topology;

/// The name of a node, as the configuration writes it.
public record NodeId(String name) implements Comparable<NodeId> {

    public NodeId {
        Names.check("a node", name);
    }

    // What a record has by itself is reached by a method handle, which is not compiled into callers
    // that are large: so those that tables of thousands compare have their own.
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof NodeId node && name.equals(node.name));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
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
