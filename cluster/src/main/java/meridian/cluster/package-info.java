/// What the fleet knows: kept on disk, and shared by beats. Read [meridian.cluster.Ledger] first,
/// then [meridian.cluster.Message].
///
/// What Hazelcast costs a node, measured with one idle member: 5 MB of heap, 20 threads, 1.3 % of a
/// core; and 2.5 MB, 12 threads and 0.1 % of a core for each other node.
///
/// May import: the JDK, JSpecify, SLF4J, `meridian.*` of the model, and, in `HazelcastTopic`, its
/// settings and its links only, Hazelcast.
@NullMarked
package meridian.cluster;

import org.jspecify.annotations.NullMarked;
