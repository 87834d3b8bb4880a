package meridian.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A static server: it cannot steer.
final class Nsd implements NameServer {

    private static final Program PROGRAM = new Program("nsd", "nsd");

    @Override
    public String name() {
        return "NSD";
    }

    @Override
    public Set<Measure> measures() {
        return EnumSet.of(Measure.PLAIN, Measure.NX, Measure.TCP, Measure.MEMORY);
    }

    @Override
    public Optional<String> missing() {
        return PROGRAM.missing();
    }

    @Override
    public String version() throws BenchException {
        return PROGRAM.version("-v");
    }

    @Override
    public Optional<Rereading> rereading(Path folder, long pid) {
        return Optional.of(Rereading.byHangup(folder.resolve("zone"), pid));
    }

    @Override
    public List<String> prepare(Workload workload, Path folder, int port)
            throws IOException, BenchException {
        Files.writeString(folder.resolve("zone"), workload.zoneOfFirstRegion());
        Path config = Files.writeString(folder.resolve("nsd.conf"), config(folder, port));
        return List.of(PROGRAM.required(), "-d", "-c", config.toString());
    }

    private static String config(Path folder, int port) {
        return """
        server:
          ip-address: 127.0.0.1@%d
          server-count: 1
          rrl-ratelimit: 0
          username: ""
          chroot: ""
          zonesdir: "%s"
          pidfile: "%s/pid"
          database: ""
          xfrdfile: "%s/xfrd"
          zonelistfile: "%s/zones"
          xfrdir: "%s"
        remote-control:
          control-enable: no
        zone:
          name: %s
          zonefile: zone
        """
                .formatted(port, folder, folder, folder, folder, folder, Workload.ZONE);
    }
}
