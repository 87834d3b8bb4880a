package meridian.bench.micro;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import meridian.bench.Queries;
import meridian.bench.Workload;
import meridian.dns.Responder;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Query;
import meridian.dns.wire.QueryReader;
import meridian.dns.wire.Rcode;
import meridian.dns.wire.Response;
import meridian.dns.wire.ResponseWriter;
import meridian.dns.zone.Lookup;
import meridian.record.RRset;
import meridian.record.RecordType;
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

/// A decided answer to octets, for the responder: an address, and that there is no such name.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {

    private final ByteBuffer out = ByteBuffer.allocateDirect(Responder.PAYLOAD_SIZE);
    private List<Response> addresses = List.of();
    private List<Response> nameErrors = List.of();
    private int next;

    @Setup
    public void setUp() {
        prepare(Workload.Size.FULL);
    }

    void prepare(Workload.Size size) {
        World world = World.of(size);
        addresses = responses(world, Queries.Kind.PLAIN);
        nameErrors = responses(world, Queries.Kind.MISSING);
    }

    private static List<Response> responses(World world, Queries.Kind kind) {
        return world.queries(kind).stream()
                .map(octets -> (Query) QueryReader.read(octets))
                .map(
                        query ->
                                Response.to(
                                        query,
                                        answer(world, query),
                                        Responder.PAYLOAD_SIZE,
                                        List.of()))
                .toList();
    }

    private static Answer answer(World world, Query query) {
        return switch (world.serving().zones().lookup(query.question().name(), RecordType.A)) {
            case Lookup.Found found -> answer(Rcode.NOERROR, List.of(found.rrset()), List.of());
            case Lookup.NameError(var soa, var _) ->
                    answer(Rcode.NXDOMAIN, List.of(), List.of(soa));
            default -> throw new IllegalStateException("not a name of the workload: " + query);
        };
    }

    private static Answer answer(Rcode rcode, List<RRset> answer, List<RRset> authority) {
        return new Answer(rcode, true, answer, authority, List.of(), List.of(), 0);
    }

    @Benchmark
    public boolean address() {
        return write(addresses);
    }

    @Benchmark
    public boolean nameError() {
        return write(nameErrors);
    }

    private boolean write(List<Response> responses) {
        Response response = responses.get(next++ & World.QUERIES - 1);
        return ResponseWriter.write(response, ResponseWriter.PLAIN_UDP, out.clear());
    }
}
