package meridian.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.function.LongSupplier;
import meridian.time.HybridTime;

/// This node's clocks. Any thread may ask them.
///
/// | reading | what it is for |
/// |---|---|
/// | [#now] | the order of what is said: each is greater than every one taken or seen before |
/// | [#wall] | when drains end, and what people are shown: the time on which the fleet agrees |
/// | [#own] | what this machine's clock shows, for the others to compare theirs with |
/// | [#steady] | what all clocks are compared with here: no hand that sets a clock moves it |
///
/// Between two beats the fleet's time runs on with the steady one. So a machine's clock that jumps
/// moves it only if the others' do not outvote it then.
public final class HybridClock {

    private final InstantSource machine;
    private final LongSupplier nanos;
    private final Instant started;
    private final long startedAt;
    private HybridTime last = HybridTime.ZERO;

    /// By how much this machine's clock, and the fleet's time, are ahead of the steady one.
    private volatile Leads leads = new Leads(Duration.ZERO, Duration.ZERO);

    private record Leads(Duration own, Duration fleet) {}

    /// @param nanos the monotonic clock
    public HybridClock(InstantSource machine, LongSupplier nanos) {
        this.machine = machine;
        this.nanos = nanos;
        started = machine.instant();
        startedAt = nanos.getAsLong();
    }

    public synchronized HybridTime now() {
        last = last.next(wall().toEpochMilli());
        return last;
    }

    /// Another node's reading, or one of our own from before a restart.
    public synchronized void seen(HybridTime time) {
        last = last.max(time);
    }

    public Instant wall() {
        return steady().plus(lead());
    }

    public Instant own() {
        return machine.instant();
    }

    /// What this machine's clock showed when this began, and the time since by the monotonic one.
    Instant steady() {
        return started.plusNanos(nanos.getAsLong() - startedAt);
    }

    /// By how much this machine's clock is ahead of the fleet's time.
    Duration apart() {
        Leads now = leads;
        return now.own().minus(now.fleet());
    }

    /// By how much the fleet's time is ahead of the steady one.
    Duration lead() {
        return leads.fleet();
    }

    /// Looks at this machine's clock, and goes by the fleet's from now on. Where that one was set a
    /// little, as clocks are that are kept right, the fleet's time goes with it.
    ///
    /// @param others by how much the clock of each other node is ahead of the steady one
    synchronized void agree(Collection<Duration> others) {
        Duration own = Duration.between(steady(), own());
        Duration set = own.minus(leads.own());
        var clocks = new ArrayList<>(others);
        clocks.add(own);
        Duration before = AgreedTime.isClose(set) ? lead().plus(set) : lead();
        leads = new Leads(own, AgreedTime.of(clocks, before));
    }
}
