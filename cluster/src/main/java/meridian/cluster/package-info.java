/// What the fleet knows: kept on disk, and shared by beats. Read [meridian.cluster.Ledger] first,
/// then [meridian.cluster.Message].
///
/// May import: the JDK, JSpecify, SLF4J, `meridian.*` of the model, and, in `HazelcastTopic` only,
/// Hazelcast.
@NullMarked
package meridian.cluster;

import org.jspecify.annotations.NullMarked;
