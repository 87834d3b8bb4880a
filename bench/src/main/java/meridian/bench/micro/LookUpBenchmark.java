package meridian.bench.micro;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import meridian.bench.Queries;
import meridian.bench.Workload;
import meridian.dns.Snapshot;
import meridian.dns.Tails;
import meridian.dns.wire.Incoming;
import meridian.dns.wire.Query;
import meridian.dns.wire.QueryReader;
import meridian.dns.zone.Lookup;
import meridian.record.DomainName;
import meridian.record.RecordType;
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

/// What there is for a name: in the zones, and in the tails that are ready of them.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class LookUpBenchmark {

    @Param private Queries.Kind kind = Queries.Kind.PLAIN;

    private List<DomainName> names = List.of();
    private List<byte[]> padded = List.of();
    private @Nullable Snapshot snapshot;
    private int next;

    @Setup
    public void setUp() {
        prepare(Workload.Size.FULL);
    }

    void prepare(Workload.Size size) {
        World world = World.of(size);
        snapshot = world.snapshot();
        names =
                world.queries(kind).stream()
                        .map(QueryReader::read)
                        .map(LookUpBenchmark::name)
                        .toList();
        padded = names.stream().map(LookUpBenchmark::padded).toList();
    }

    private static DomainName name(Incoming incoming) {
        if (incoming instanceof Query query) return query.question().name();
        throw new IllegalStateException("a query of our own cannot be read: " + incoming);
    }

    /// As the fast path has it, so that eight octets can be read anywhere.
    private static byte[] padded(DomainName name) {
        return Arrays.copyOf(name.toWire(), name.wireLength() + Tails.PADDING);
    }

    @Benchmark
    public Lookup zones() {
        return Objects.requireNonNull(snapshot)
                .zones()
                .lookup(names.get(next++ & World.QUERIES - 1), RecordType.A);
    }

    @Benchmark
    public int tails() {
        byte[] name = padded.get(next++ & World.QUERIES - 1);
        return Objects.requireNonNull(snapshot).tails().find(name, 0, name.length - Tails.PADDING);
    }
}
