package meridian.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The fastest that steers: C, one thread for each core.
final class Gdnsd implements NameServer {

    private static final Program PROGRAM = new Program("gdnsd", "gdnsd");
    private static final Program CONTROL = new Program("gdnsdctl", "gdnsd");

    @Override
    public String name() {
        return "gdnsd";
    }

    @Override
    public Set<Measure> measures() {
        return EnumSet.of(
                Measure.PLAIN,
                Measure.GEO,
                Measure.NX,
                Measure.TCP,
                Measure.LATENCY,
                Measure.MEMORY);
    }

    @Override
    public Optional<String> missing() {
        return PROGRAM.missing();
    }

    @Override
    public String version() throws BenchException {
        return PROGRAM.version("version");
    }

    @Override
    public Optional<Rereading> rereading(Path folder, long pid) throws BenchException {
        List<String> command = List.of(CONTROL.required(), "-c", folder.toString(), "reload-zones");
        return Optional.of(new Rereading(folder.resolve("zones").resolve(Workload.ZONE), command));
    }

    @Override
    public List<String> prepare(Workload workload, Path folder, int port)
            throws IOException, BenchException {
        Path zones = Files.createDirectories(folder.resolve("zones"));
        Path geoip = Files.createDirectories(folder.resolve("geoip"));
        String steered =
                Workload.each(
                        workload.size().names(), name -> "g%d 30 DYNA geoip!r".formatted(name));
        Files.writeString(zones.resolve(Workload.ZONE), workload.zone() + steered);
        Files.writeString(geoip.resolve("nets"), workload.lines("%s => [ %s ]", ", "));
        Files.writeString(folder.resolve("config"), config(folder, port));
        return List.of(PROGRAM.required(), "-c", folder.toString(), "start");
    }

    private static String config(Path folder, int port) {
        String addresses =
                Workload.REGIONS.entrySet().stream()
                        .map(region -> region.getKey() + " => " + region.getValue())
                        .collect(Collectors.joining(", "));
        return """
        options => {
          listen => 127.0.0.1:%d, udp_threads => 1, tcp_threads => 1
          run_dir => "%s/run", state_dir => "%s/state"
        }
        plugins => { geoip => {
          maps => { m => { datacenters => [%s], nets => nets } }
          resources => { r => { map => m, service_types => up, dcmap => { %s } } }
        } }
        """
                .formatted(
                        port,
                        folder,
                        folder,
                        String.join(", ", Workload.REGIONS.keySet()),
                        addresses);
    }
}
