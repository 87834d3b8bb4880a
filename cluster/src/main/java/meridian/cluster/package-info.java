/// What the fleet knows: kept on disk, and shared by beats. Read [meridian.cluster.Ledger] first,
/// then [meridian.cluster.Message].
///
/// What Hazelcast costs a node, measured with one idle member: 5 MB of heap, 20 threads, 1.3 % of a
/// core.
///
/// May import: the JDK, JSpecify, SLF4J, `meridian.*` of the model, and, in `HazelcastTopic` only,
/// Hazelcast.
@NullMarked
package meridian.cluster;

import org.jspecify.annotations.NullMarked;
