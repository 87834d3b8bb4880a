package meridian.dns.transfer;

import java.time.Duration;

/// How fast a transfer must be taken, on the whole: a message a second, after a head start. Whoever
/// takes one now and then would hold its place, and the memory of its zone, for hours.
///
/// A message is 16 KiB, so this is what a line of 128 kbit/s carries. Time is monotonic, in
/// nanoseconds: a clock that is set cuts nobody off.
///
/// @param begun when the transfer did
record LeastRate(long begun) {

    static final Duration HEAD_START = Duration.ofMinutes(1);
    static final Duration PER_MESSAGE = Duration.ofSeconds(1);

    /// Whether someone who has taken so many messages by now is too slow.
    boolean isMissed(long messages, long now) {
        return now - begun > HEAD_START.plus(PER_MESSAGE.multipliedBy(messages)).toNanos();
    }
}
