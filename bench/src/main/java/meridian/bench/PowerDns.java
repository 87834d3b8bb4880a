package meridian.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// PowerDNS with its geoip backend, which steers by continent. It has no database here, so that
/// every client is of an unknown one: what is measured is the way, without the look-up.
final class PowerDns implements NameServer {

    private static final Program PROGRAM =
            new Program("pdns_server", "pdns-server pdns-backend-geoip");

    @Override
    public String name() {
        return "PowerDNS";
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
    public List<String> prepare(Workload workload, Path folder, int port)
            throws IOException, BenchException {
        Files.writeString(folder.resolve("zones.yml"), zones(workload));
        Files.writeString(folder.resolve("pdns.conf"), config(folder, port));
        return List.of(PROGRAM.required(), "--config-dir=" + folder);
    }

    private static String config(Path folder, int port) {
        return """
        launch=geoip
        local-address=127.0.0.1
        local-port=%d
        geoip-zones-file=%s/zones.yml
        edns-subnet-processing=yes
        socket-dir=%s
        receiver-threads=1
        distributor-threads=1
        loglevel=3
        disable-syslog=yes
        """
                .formatted(port, folder, folder);
    }

    private static String zones(Workload workload) {
        String zone = Workload.ZONE;
        String hosts =
                Workload.each(
                        workload.size().hosts(),
                        host ->
                                "    h%d.%s:\n      - a: 192.0.2.%d"
                                        .formatted(host, zone, host % 250 + 1));
        String places =
                Workload.REGIONS.entrySet().stream()
                        .map(
                                region ->
                                        "    %s.dc.%s:\n      - a: %s\n"
                                                .formatted(
                                                        continent(region.getKey()),
                                                        zone,
                                                        region.getValue()))
                        .collect(Collectors.joining());
        String services =
                Workload.each(
                        workload.size().names(),
                        name -> "    g%d.%s: '%%cn.dc.%s'".formatted(name, zone, zone));
        return """
        domains:
        - domain: %s
          ttl: 30
          records:
            %s:
              - soa: ns1.%s. admin.%s. 1 3600 600 86400 30
              - ns: ns1.%s
            ns1.%s:
              - a: 127.0.0.1
        """
                        .formatted(zone, zone, zone, zone, zone, zone)
                + hosts
                + places
                + "  services:\n"
                + services;
    }

    private static String continent(String region) {
        return switch (region) {
            case "use" -> "unknown";
            case "euw" -> "eu";
            case "aps" -> "as";
            default -> "sa";
        };
    }
}
