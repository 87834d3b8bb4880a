package meridian.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Many seeds, as many at a time as there are processors for. It ends at the first that fails.
public final class Campaign {

    private final long from;
    private final long count;
    private final Supplier<Parts> parts;
    private final AtomicLong next;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong(Long.MAX_VALUE);

    /// @param from the first seed
    /// @param count how many, one after the other
    public Campaign(long from, long count, Supplier<Parts> parts) {
        this.from = from;
        this.count = count;
        this.parts = parts;
        this.next = new AtomicLong(from);
    }

    /// Runs them.
    ///
    /// @param jobs how many at a time
    /// @return the lowest seed that failed, as far as they were run
    public OptionalLong run(int jobs) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < jobs; i++)
            threads.add(Thread.ofPlatform().name("seeds-" + i).daemon().start(this::work));
        for (Thread thread : threads) thread.join();
        long lowest = failed.get();
        return lowest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(lowest);
    }

    /// How many have been run.
    public long done() {
        return done.get();
    }

    private void work() {
        for (long seed = next.getAndIncrement();
                seed < from + count && failed.get() == Long.MAX_VALUE;
                seed = next.getAndIncrement()) {
            long mine = seed;
            if (new Seed(mine, parts).run().isPresent()) failed.accumulateAndGet(mine, Math::min);
            done.incrementAndGet();
        }
    }
}
