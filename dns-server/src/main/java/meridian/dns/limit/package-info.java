/// How much one client network is sent over UDP. Read [meridian.dns.limit.RateLimiter] first.
///
/// May import: the JDK, JSpecify, `meridian.topology`, `meridian.dns` and `meridian.dns.wire`.
@NullMarked
package meridian.dns.limit;

import org.jspecify.annotations.NullMarked;
