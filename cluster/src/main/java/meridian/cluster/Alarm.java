package meridian.cluster;

import java.time.Duration;
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

    /// A node's clock is far from the time on which the fleet agrees.
    ///
    /// @param ahead negative: behind
    record ClockApart(NodeId node, Duration ahead) implements Alarm {
        @Override
        public String text() {
            return "the clock of node "
                    + node
                    + " is "
                    + ahead.abs().toSeconds()
                    + " s "
                    + (ahead.isNegative() ? "behind" : "ahead of")
                    + " the fleet's: it is set aside, and should be set right";
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
