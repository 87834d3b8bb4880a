package meridian.system;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferIn;

/// A node with the signed zone example.com, and the secondaries of the field that take it.
final class GivenZone implements AutoCloseable {

    static final String SECRET = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    static final String KEY = Secondary.Kind.KEY;

    private final Solo solo;
    private final Map<Secondary.Kind, Secondary> secondaries = new EnumMap<>(Secondary.Kind.class);

    private GivenZone(Solo solo) {
        this.solo = solo;
    }

    /// Until the node is ready; of the secondaries nothing is awaited.
    ///
    /// @param services the section of the configuration
    /// @param denial of the zone, in the configuration's words
    static GivenZone start(Path folder, String services, String denial, String pace)
            throws Exception {
        Path key = Files.writeString(folder.resolve("secondary.key"), SECRET + "\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String keys = folder.resolve("keys").toString();
        Run made = Run.meridian(folder, "keys", "make", "example.com", "--dir", keys);
        assertThat(made.status()).as(made.err()).isZero();
        Map<Secondary.Kind, Integer> ports = new EnumMap<>(Secondary.Kind.class);
        for (Secondary.Kind kind : Secondary.Kind.values()) ports.put(kind, FreePorts.take());
        String settings = "transfer-keys { secondary { file = \"secondary.key\" } }\n" + services;
        var given =
                new GivenZone(
                        Solo.giving(folder, settings, Zones.SMALL, section(ports, denial, pace)));
        for (var one : ports.entrySet()) {
            Secondary.Kind kind = one.getKey();
            int primary = given.port(kind);
            given.secondaries.put(
                    kind, Secondary.start(kind, folder, one.getValue(), primary, SECRET));
        }
        return given;
    }

    /// BIND takes news from its primaries' addresses, without a signature.
    private static String section(Map<Secondary.Kind, Integer> ports, String denial, String pace) {
        String signed =
                Stream.of(Secondary.Kind.NSD, Secondary.Kind.KNOT)
                        .map(
                                kind ->
                                        "{ address = \"127.0.0.1:%d\", key = secondary }"
                                                .formatted(ports.get(kind)))
                        .collect(Collectors.joining(", "));
        return """
            dnssec { keys = "keys", denial = %s }
            transfer {
              primary = solo
              to = [{ key = secondary, networks = ["127.0.0.1"] }]
              notify = ["127.0.0.1:%d", %s]
              pace = %s
            }
            """
                .formatted(denial, ports.get(Secondary.Kind.BIND), signed, pace);
    }

    /// Where it asks.
    private int port(Secondary.Kind kind) {
        return kind == Secondary.Kind.BIND ? solo.tlsPort() : node().address().getPort();
    }

    FleetNode node() {
        return solo.node();
    }

    Secondary secondary(Secondary.Kind kind) {
        return requireNonNull(secondaries.get(kind));
    }

    Collection<Secondary> secondaries() {
        return secondaries.values();
    }

    /// As the node tells it.
    long serial() throws IOException {
        return serial(node().dns());
    }

    static long serial(DnsClient dns) throws IOException {
        var soa = dns.ask(Secondary.ZONE, Type.SOA).getSection(Section.ANSWER).getFirst();
        return ((SOARecord) soa).getSerial();
    }

    /// All records that the node gives.
    Set<String> zone() throws IOException {
        return zone(Optional.of(new TSIG(TSIG.HMAC_SHA256, KEY, SECRET)));
    }

    /// The same to someone who signs so, or not at all.
    Set<String> zone(Optional<TSIG> tsig) throws IOException {
        Name zone = Name.fromConstantString(Secondary.ZONE);
        return Secondary.zone(ZoneTransferIn.newAXFR(zone, node().address(), tsig.orElse(null)));
    }

    @Override
    public void close() {
        secondaries.values().forEach(Secondary::close);
        solo.close();
    }
}
