package meridian.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import meridian.bench.Queries.Kind;
import meridian.dns.wire.ClientSubnet;
import meridian.dns.wire.Query;
import meridian.dns.wire.QueryReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadTest {

    private final Workload workload = Workload.of(Workload.Size.SMALL);

    @Test
    void twoMachinesMeasureTheSameWork() {
        assertThat(Workload.of(Workload.Size.SMALL)).isEqualTo(workload);
        assertThat(new Queries(workload).next(Kind.STEERED))
                .isEqualTo(new Queries(workload).next(Kind.STEERED));
    }

    @Test
    void eachNetworkHasEachRegionOnce() {
        assertThat(workload.networks()).hasSize(Workload.Size.SMALL.networks());
        assertThat(workload.networks().values())
                .allSatisfy(
                        order ->
                                assertThat(order)
                                        .containsExactlyInAnyOrderElementsOf(
                                                Workload.REGIONS.keySet()));
        assertThat(workload.networksFile().lines().findFirst().orElseThrow())
                .matches("\\d+\\.\\d+\\.\\d+\\.0/24 \\w{3},\\w{3},\\w{3},\\w{3}");
    }

    @Test
    void queriesAreWellFormedAndAskForWhatThereIs() {
        var queries = new Queries(workload);
        assertThat(query(queries, Kind.PLAIN).question().name().toString())
                .matches("h\\d+\\.gtm\\.test\\.");
        assertThat(query(queries, Kind.PLAIN).edns()).isEmpty();
        assertThat(query(queries, Kind.MISSING).question().name().toString())
                .matches("[0-9a-f]+\\.gtm\\.test\\.");
        for (Kind kind : List.of(Kind.STEERED, Kind.COOKIE)) {
            Query steered = query(queries, kind);
            assertThat(steered.question().name().toString()).matches("g\\d+\\.gtm\\.test\\.");
            ClientSubnet subnet = steered.clientSubnet().orElseThrow();
            assertThat(subnet.sourcePrefix()).isEqualTo(24);
        }
    }

    private static Query query(Queries queries, Kind kind) {
        return (Query) QueryReader.read(ByteBuffer.wrap(queries.next(kind)));
    }

    @Test
    void inAFileEachIsBehindItsLength(@TempDir Path folder) throws Exception {
        new Queries(workload).write(folder);
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(Kind.COOKIE.file())));
        int count = 0;
        while (all.hasRemaining()) {
            int length = all.getShort();
            assertThat(QueryReader.read(all.slice(all.position(), length)))
                    .isInstanceOf(Query.class);
            all.position(all.position() + length);
            count++;
        }
        assertThat(count).isEqualTo(100_000);
    }
}
