package meridian.simulation;

import java.time.Instant;
import java.time.InstantSource;

/// The clocks of one machine: one on the wall, which may show anything and jump, and a monotonic
/// one, which may stand still.
final class Clocks implements InstantSource {

    /// What perfect clocks show when a run begins: 2026-01-01.
    private static final long BEGIN_MILLIS = 1_767_225_600_000L;

    /// Monotonic clocks begin anywhere; each at another value.
    private static final long ORIGIN_NANOS = 1_000_000_000_000_000L;

    private final Agenda agenda;
    private final long origin;
    private long ahead;
    private long stopped;
    private long stoodSince;
    private int stops;

    Clocks(Agenda agenda, int node) {
        this.agenda = agenda;
        this.origin = (node + 1) * ORIGIN_NANOS;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
        return BEGIN_MILLIS + agenda.now() / Times.MILLI + ahead;
    }

    long nanos() {
        return origin + (stops > 0 ? stoodSince : agenda.now()) - stopped;
    }

    void jump(long millis) {
        ahead += millis;
    }

    /// Lets the monotonic clock stand still; as often as it is told to, it must be told to go on.
    void stop() {
        if (stops++ == 0) stoodSince = agenda.now();
    }

    void goOn() {
        if (--stops == 0) stopped += agenda.now() - stoodSince;
    }
}
