package meridian.bench.micro;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import meridian.bench.Workload;
import meridian.dns.geo.LocationTable;
import meridian.dns.ready.Edition;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Tally;
import meridian.intent.Intents;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What is made before anyone asks: all of it when files are read, and what a drain changes.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class CompileBenchmark {

    private @Nullable World world;
    private @Nullable SnapshotKeeper keeper;
    private Intents drained = Intents.NONE;
    private boolean isDrained;

    @Setup
    public void setUp() {
        prepare(Workload.Size.FULL);
    }

    void prepare(Workload.Size size) {
        world = World.of(size);
        keeper = new SnapshotKeeper(World.SELF, world.serving());
        drained = World.drained(world.configuration());
    }

    /// Zones, tails, and the table from addresses to classes.
    @Benchmark
    public Serving files() {
        World read = Objects.requireNonNull(world);
        return World.serving(read.configuration(), read.atlas());
    }

    /// The largest part of it.
    @Benchmark
    public LocationTable locations() {
        return LocationBenchmark.table(Objects.requireNonNull(world));
    }

    /// The snapshot after a region was drained, or came back.
    @Benchmark
    public Edition drain() {
        isDrained = !isDrained;
        Intents intents = isDrained ? drained : Intents.NONE;
        return Objects.requireNonNull(keeper).step(Tally.EMPTY, intents, World.NOW).edition();
    }
}
