package meridian.bench.micro;

import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import meridian.bench.Workload;
import meridian.dns.geo.LocationTable;
import meridian.topology.RegionId;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A client's address to its location class: in the embedded table with 250,000 networks laid over
/// it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class LocationBenchmark {

    /// Networks of the file, and any: in IPv4, and below 2000::/3.
    public enum Clients {
        KNOWN,
        ANY_IPV4,
        ANY_IPV6
    }

    @Param private Clients clients = Clients.KNOWN;

    private final long[] highs = new long[World.QUERIES];
    private final long[] lows = new long[World.QUERIES];
    private @Nullable LocationTable table;
    private int next;

    @Setup
    public void setUp() {
        prepare(Workload.Size.FULL);
    }

    void prepare(Workload.Size size) {
        World world = World.of(size);
        table = table(world);
        var draw = new SplittableRandom(1);
        List<Integer> networks = List.copyOf(world.workload().networks().keySet());
        for (int i = 0; i < World.QUERIES; i++) {
            if (clients == Clients.ANY_IPV6) highs[i] = draw.nextLong() >>> 3 | 1L << 61;
            lows[i] =
                    switch (clients) {
                        case KNOWN ->
                                networks.get(draw.nextInt(networks.size())) << 8 & 0xffff_ffffL;
                        case ANY_IPV4 -> draw.nextInt() & 0xffff_ffffL;
                        case ANY_IPV6 -> draw.nextLong();
                    };
        }
    }

    /// A class for each order of regions.
    static LocationTable table(World world) {
        var classes = new HashMap<List<RegionId>, Integer>();
        return LocationTable.compile(
                world.atlas(),
                List.of(),
                (place, _) -> classes.computeIfAbsent(place.order(), _ -> classes.size()));
    }

    @Benchmark
    public int find() {
        int i = next++ & World.QUERIES - 1;
        return Objects.requireNonNull(table).find(clients != Clients.ANY_IPV6, highs[i], lows[i]);
    }
}
