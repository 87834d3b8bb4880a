package meridian.cluster;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import meridian.topology.NodeId;

/// Who has an operator's wish on disk. The node that answers does in any case.
///
/// @param holders the other nodes that have said so
/// @param missing the other nodes that are heard and have not said so yet
public record Acknowledgement(Set<NodeId> holders, Set<NodeId> missing) {

    public Acknowledgement {
        holders = Collections.unmodifiableSet(new TreeSet<>(holders));
        missing = Collections.unmodifiableSet(new TreeSet<>(missing));
    }
}
