package meridian.checker;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How late probes begin, in buckets that a metrics page can show as they are.
final class Lateness {

    private static final List<Duration> BOUNDS =
            Stream.of(
                            100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 40_000,
                            50_000, 75_000, 100_000, 200_000, 500_000, 1_000_000, 5_000_000)
                    .map(micros -> Duration.ofNanos(micros * 1000L))
                    .toList();

    private static final long[] NANOS = BOUNDS.stream().mapToLong(Duration::toNanos).toArray();

    private final LongAdder[] counts =
            Stream.generate(LongAdder::new).limit(NANOS.length + 1).toArray(LongAdder[]::new);
    private final LongAdder sum = new LongAdder();
    private final LongAccumulator greatest = new LongAccumulator(Math::max, 0);

    void add(long nanos) {
        int at = Arrays.binarySearch(NANOS, nanos);
        counts[at < 0 ? -at - 1 : at].increment();
        sum.add(nanos);
        greatest.accumulate(nanos);
    }

    Counts.Lateness snapshot() {
        List<Counts.Bucket> buckets =
                IntStream.range(0, NANOS.length)
                        .mapToObj(i -> new Counts.Bucket(BOUNDS.get(i), counts[i].sum()))
                        .toList();
        return new Counts.Lateness(
                buckets,
                counts[NANOS.length].sum(),
                Duration.ofNanos(sum.sum()),
                Duration.ofNanos(greatest.get()));
    }
}
