package meridian.bench.micro;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import meridian.bench.Services;
import meridian.dns.geo.WorldTable;
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

/// What the keeper of snapshots does when a region is drained that 100,000 services are in.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", World.NURSERY})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ServicesBenchmark {

    private @Nullable SnapshotKeeper keeper;
    private Intents drained = Intents.NONE;
    private boolean isDrained;

    @Setup
    public void setUp() {
        prepare(new Services(100_000));
    }

    void prepare(Services services) {
        var configuration = World.read(services.unprobed());
        Serving serving = World.serving(configuration, WorldTable.builtIn());
        keeper = new SnapshotKeeper(World.SELF, serving);
        drained = World.drained(configuration);
    }

    /// The snapshot after it was drained, or came back.
    @Benchmark
    public Edition drain() {
        isDrained = !isDrained;
        Intents intents = isDrained ? drained : Intents.NONE;
        return Objects.requireNonNull(keeper).step(Tally.EMPTY, intents, World.NOW).edition();
    }
}
