package meridian.dns.ready;

import java.time.Instant;
import meridian.time.HybridTime;

/// One moment on a node's three clocks.
///
/// @param nanos on the monotonic clock, by which votes age
/// @param hybrid by which what is said is ordered
/// @param wall by which drains end
public record Moment(long nanos, HybridTime hybrid, Instant wall) {}
