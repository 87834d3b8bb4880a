package meridian.bench.micro;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import meridian.bench.Queries;
import meridian.bench.Workload;
import meridian.dns.wire.Incoming;
import meridian.dns.wire.QueryReader;
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

/// A query's octets to what they mean, for the responder; the fast path reads in place.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class ParseBenchmark {

    @Param private Queries.Kind kind = Queries.Kind.PLAIN;

    private List<ByteBuffer> queries = List.of();
    private int next;

    @Setup
    public void setUp() {
        prepare(Workload.Size.FULL);
    }

    void prepare(Workload.Size size) {
        queries = World.of(size).queries(kind);
    }

    @Benchmark
    public Incoming read() {
        return QueryReader.read(queries.get(next++ & World.QUERIES - 1));
    }
}
