/// Steering, compiled: what every location class of every service is answered, ready before anyone
/// asks. Read [meridian.dns.ready.ReadyAnswers] first, then [meridian.dns.ready.SnapshotKeeper];
/// [meridian.dns.ready.FastPath] is what answers most queries with it.
///
/// May import: `model`, `meridian.dns`, `meridian.dns.geo`, `meridian.dns.zone`,
/// `meridian.dns.wire`.
@NullMarked
package meridian.dns.ready;

import org.jspecify.annotations.NullMarked;
