/// What exists: nodes, regions, services with their pools and policies, and the places clients are
/// in. Read [meridian.topology.Topology] first.
///
/// May import: the JDK, JSpecify, `meridian.record`.
@NullMarked
package meridian.topology;

import org.jspecify.annotations.NullMarked;
