package meridian.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Knot DNS with its module geoip, which keeps a table for each name: with 5,000 of the networks,
/// since that is what fits into memory. Clients of the others get what the zone says.
final class Knot implements NameServer {

    private static final Program PROGRAM = new Program("knotd", "knot knot-module-geoip");
    private static final int NETWORKS = 5_000;

    @Override
    public String name() {
        return "Knot";
    }

    @Override
    public Set<Measure> measures() {
        return EnumSet.of(Measure.PLAIN, Measure.GEO, Measure.NX, Measure.TCP, Measure.MEMORY);
    }

    @Override
    public Optional<String> missing() {
        return PROGRAM.missing();
    }

    @Override
    public String version() throws BenchException {
        return PROGRAM.version("--version");
    }

    @Override
    public Optional<Rereading> rereading(Path folder, long pid) {
        return Optional.of(Rereading.byHangup(folder.resolve("zone"), pid));
    }

    @Override
    public List<String> prepare(Workload workload, Path folder, int port)
            throws IOException, BenchException {
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(folder.resolve("zone"), workload.zoneOfFirstRegion());
        Files.writeString(folder.resolve("geo.conf"), geo(workload));
        Path config = Files.writeString(folder.resolve("knot.conf"), config(folder, port));
        return List.of(PROGRAM.required(), "-c", config.toString());
    }

    private static String geo(Workload workload) {
        String networks =
                workload.networks().entrySet().stream()
                        .limit(NETWORKS)
                        .map(
                                line ->
                                        " - net: %s\n   A: %s\n"
                                                .formatted(
                                                        Workload.network(line.getKey()),
                                                        Workload.REGIONS.get(
                                                                line.getValue().getFirst())))
                        .collect(Collectors.joining());
        return Workload.each(
                workload.size().names(),
                name -> "g%d.%s:\n".formatted(name, Workload.ZONE) + networks);
    }

    private static String config(Path folder, int port) {
        return """
        server:
          listen: 127.0.0.1@%d
          rundir: %s/run
          udp-workers: 1
          tcp-workers: 1
          background-workers: 1
          edns-client-subnet: on
        database:
          storage: %s
        mod-geoip:
          - id: g
            config-file: %s/geo.conf
            ttl: 30
            mode: subnet
        zone:
          - domain: %s
            file: %s/zone
            module: mod-geoip/g
        """
                .formatted(port, folder, folder, folder, Workload.ZONE, folder);
    }
}
