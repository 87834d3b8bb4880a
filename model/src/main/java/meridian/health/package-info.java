/// Whether an endpoint is up: from probe results to a checker's opinion, and from the opinions of
/// many checkers to what the fleet holds true. Read [meridian.health.Standing], then
/// [meridian.health.Quorum].
///
/// May import: the JDK, JSpecify, `meridian.record`, `meridian.topology`, `meridian.time`.
@NullMarked
package meridian.health;

import org.jspecify.annotations.NullMarked;
