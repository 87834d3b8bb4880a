package meridian.bench.micro;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import meridian.bench.Services;
import meridian.dns.geo.WorldTable;
import meridian.dns.ready.Edition;
import meridian.dns.ready.Moment;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.time.HybridTime;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What the keeper of snapshots does when a region falls that 100,000 services are in, each with an
/// address of its own there that is probed: votes are counted, verdicts turn, and answers are made.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", World.NURSERY})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class FallBenchmark {

    private static final Moment LATER =
            new Moment(
                    Duration.ofSeconds(1).toNanos(),
                    new HybridTime(1000, 0),
                    Instant.EPOCH.plusSeconds(1));

    private @Nullable SnapshotKeeper keeper;
    private Tally up = Tally.EMPTY;
    private Tally fallen = Tally.EMPTY;

    @Setup
    public void setUp() {
        prepare(new Services(100_000));
        recover();
    }

    void prepare(Services services) {
        var configuration = World.read(services.probed());
        Serving serving = World.serving(configuration, WorldTable.builtIn());
        keeper = new SnapshotKeeper(World.SELF, serving);
        Report first = report(serving, 1, _ -> true);
        Tally heard = Tally.EMPTY.heard(first, World.NOW.nanos());
        up = keeper.counting(Intents.NONE, World.NOW).apply(heard);
        Report second = report(serving, 2, address -> !Services.isInFirstRegion(address));
        fallen = up.heard(sharing(first, second), LATER.nanos());
    }

    /// As a node has it of another: what is the same is the same object.
    private static Report sharing(Report first, Report second) {
        return new Report(
                second.vantage(),
                second.incarnation(),
                second.sequence(),
                second.abstains(),
                second.opinions().sharing(first.opinions()));
    }

    private static Report report(Serving serving, long sequence, Predicate<InetAddress> isUp) {
        var opinions = new HashMap<WatchKey, Opinion>();
        for (WatchKey key : serving.keys()) {
            boolean isKeyUp = isUp.test(serving.probed(key).orElseThrow());
            opinions.put(
                    key,
                    new Opinion(
                            isKeyUp ? Health.UP : Health.DOWN,
                            World.NOW.hybrid(),
                            isKeyUp ? "" : "connection refused"));
        }
        return new Report(World.SELF, 1, sequence, false, opinions);
    }

    /// All is up again.
    @Setup(Level.Invocation)
    public void recover() {
        published(up, World.NOW);
    }

    /// The snapshot after it fell.
    @Benchmark
    public Edition fall() {
        return published(fallen, LATER);
    }

    private Edition published(Tally tally, Moment now) {
        SnapshotKeeper its = Objects.requireNonNull(keeper);
        Tally counted = its.counting(Intents.NONE, now).apply(tally);
        return its.step(counted, Intents.NONE, now).edition();
    }
}
