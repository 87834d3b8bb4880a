package meridian.bench.micro;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import meridian.bench.Queries;
import meridian.bench.Workload;
import meridian.dns.ResolverAddress;
import meridian.dns.Responder;
import meridian.dns.ServerCookies;
import meridian.dns.Snapshot;
import meridian.dns.Told;
import meridian.dns.UdpAnswers;
import meridian.dns.limit.RateLimit;
import meridian.dns.limit.RateLimiter;
import meridian.dns.ready.FastPath;
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

/// From a query's octets to its response's: by the fast path, and by the responder alone.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class AnswerBenchmark {

    @Param private Queries.Kind kind = Queries.Kind.PLAIN;

    private final ByteBuffer out = ByteBuffer.allocateDirect(Responder.PAYLOAD_SIZE);
    private final ResolverAddress from = new ResolverAddress();
    private List<ByteBuffer> queries = List.of();
    private UdpAnswers fastPath = (_, _, _) -> 0;
    private UdpAnswers limited = fastPath;
    private UdpAnswers flooded = fastPath;
    private UdpAnswers responder = fastPath;
    private int next;
    private long nanos;

    @Setup
    public void setUp() {
        prepare(Workload.Size.FULL);
    }

    void prepare(Workload.Size size) {
        World world = World.of(size);
        Snapshot snapshot = world.snapshot();
        var draws = new SplittableRandom(1);
        var behind =
                new Responder(
                        () -> snapshot,
                        draws::nextLong,
                        Responder.Limits.DEFAULT,
                        ServerCookies.of(new byte[16], InstantSource.system()),
                        Told.NOTHING,
                        InstantSource.system());
        queries = world.queries(kind);
        fastPath = new FastPath(() -> snapshot, behind, draws::nextLong);
        limited = limited(1_000_000, behind, this::slowed);
        flooded = limited(1, behind, System::nanoTime);
        responder = behind.udpAnswers();
        from.set(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5353));
    }

    private UdpAnswers limited(int perSecond, Responder behind, LongSupplier clock) {
        var limit = new RateLimit(perSecond, 2, List.of());
        return new RateLimiter(limit, behind, clock, 1).limiting(() -> fastPath).get();
    }

    @Benchmark
    public int fastPath() {
        return fastPath.answer(query(), from, out.clear());
    }

    /// A clock by which the network asks for half of what it may have, however fast this runs.
    private long slowed() {
        nanos += 64_000 + (System.nanoTime() & 1);
        return nanos;
    }

    /// Within the limit.
    @Benchmark
    public int limited() {
        return limited.answer(query(), from, out.clear());
    }

    /// Far over it: each second response is truncated, and the others are dropped.
    @Benchmark
    public int flooded() {
        return flooded.answer(query(), from, out.clear());
    }

    @Benchmark
    public int responder() {
        return responder.answer(query(), from, out.clear());
    }

    private ByteBuffer query() {
        return queries.get(next++ & World.QUERIES - 1);
    }
}
