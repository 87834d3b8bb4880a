package meridian.cluster;

import meridian.topology.NodeId;

/// Something about the fleet that a person should look at. It is gone when its cause is.
public sealed interface Alarm {

    /// A sentence for an operator.
    String text();

    /// Two live processes use one node's name; each overrules the other.
    record TwoOfOne(NodeId node) implements Alarm {
        @Override
        public String text() {
            return "two processes run as node "
                    + node
                    + ": stop one, or give it a name of its own with --node";
        }
    }

    /// A node runs another configuration than this one.
    record OtherConfiguration(NodeId node, String theirs, String ours) implements Alarm {
        @Override
        public String text() {
            return "node " + node + " runs configuration " + theirs + ", this one runs " + ours;
        }
    }

    /// What this node knows could not be written to its disk.
    record NotSaved(String reason) implements Alarm {
        @Override
        public String text() {
            return "what this node knows is not on its disk: " + reason;
        }
    }
}
