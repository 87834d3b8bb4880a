package meridian.system;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferIn;

/// A signed zone with steered names, as the secondaries of the field take it and follow it.
@Needs({Tool.NAMED, Tool.NSD, Tool.KNOTD})
class TransferIT {

    private static final String SECRET = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private static final String SETTINGS =
            """
            transfer-keys { secondary { file = "secondary.key" } }
            services {
              www {
                names = ["www.example.com", "*.steered.example.com"]
                pools {
                  us-east { endpoints = [{ v4 = "192.0.2.1" }] }
                  eu-west { endpoints = [{ v4 = "192.0.2.2", v6 = "2001:db8:2::1" }] }
                }
                steer = [{ to = [us-east, eu-west] }]
              }
            }
            """;

    @TempDir private static Path folder;

    private static final Map<Secondary.Kind, Secondary> SECONDARIES =
            new EnumMap<>(Secondary.Kind.class);
    private static Solo solo;

    @BeforeAll
    static void start() throws Exception {
        Path key = Files.writeString(folder.resolve("secondary.key"), SECRET + "\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String keys = folder.resolve("keys").toString();
        Run made = Run.meridian(folder, "keys", "make", "example.com", "--dir", keys);
        assertThat(made.status()).as(made.err()).isZero();
        Map<Secondary.Kind, Integer> ports = new EnumMap<>(Secondary.Kind.class);
        for (Secondary.Kind kind : Secondary.Kind.values()) ports.put(kind, FreePorts.take());
        solo = Solo.giving(folder, SETTINGS, Zones.SMALL, transfer(ports));
        int primary = solo.node().address().getPort();
        for (var one : ports.entrySet())
            SECONDARIES.put(
                    one.getKey(),
                    Secondary.start(one.getKey(), folder, one.getValue(), primary, SECRET));
    }

    /// BIND takes news from its primaries' addresses, without a signature.
    private static String transfer(Map<Secondary.Kind, Integer> ports) {
        String notified =
                Stream.of(Secondary.Kind.NSD, Secondary.Kind.KNOT)
                        .map(
                                kind ->
                                        "{ address = \"127.0.0.1:%d\", key = secondary }"
                                                .formatted(ports.get(kind)))
                        .collect(Collectors.joining(", "));
        return """
            dnssec { keys = "keys" }
            transfer {
              primary = solo
              to = [{ key = secondary, networks = ["127.0.0.1"] }]
              notify = ["127.0.0.1:%d", %s]
            }
            """
                .formatted(ports.get(Secondary.Kind.BIND), notified);
    }

    @AfterAll
    static void end() {
        SECONDARIES.values().forEach(Secondary::close);
        if (solo != null) solo.close();
    }

    @ParameterizedTest
    @EnumSource
    void aSecondaryFollowsAFailoverAndBack(Secondary.Kind kind) throws Exception {
        Secondary secondary = requireNonNull(SECONDARIES.get(kind));
        awaitAnswer(secondary, "192.0.2.1");
        long before = serial(secondary.dns());
        String drain = "{\"region\": \"us-east\", \"for\": \"1h\", \"reason\": \"a test\"}";
        assertThat(solo.node().api().post("/v1/drains", drain).status()).isEqualTo(201);
        try {
            awaitAnswer(secondary, "192.0.2.2");
        } finally {
            solo.node().api().delete("/v1/drains?region=us-east");
        }
        awaitAnswer(secondary, "192.0.2.1");
        assertThat(serial(secondary.dns())).isGreaterThan(before);
        Fleet.await(kind + " has what the node has").until(() -> secondary.zone().equals(zone()));
        assertThat(zone()).anyMatch(record -> record.contains("RRSIG\tA"));
    }

    private static void awaitAnswer(Secondary secondary, String address) {
        Fleet.await("the secondary answers " + address)
                .ignoreExceptions()
                .until(
                        () -> secondary.dns().ask("www.example.com.", Type.A).toString(),
                        answer -> answer.contains(address));
    }

    private static long serial(DnsClient dns) throws IOException {
        var soa = dns.ask(Secondary.ZONE, Type.SOA).getSection(Section.ANSWER).getFirst();
        return ((SOARecord) soa).getSerial();
    }

    private static Set<String> zone() throws IOException {
        return zone(SECRET, "secondary");
    }

    private static Set<String> zone(String secret, String key) throws IOException {
        InetSocketAddress node = solo.node().address();
        var tsig = new TSIG(TSIG.HMAC_SHA256, key, secret);
        return Secondary.zone(
                ZoneTransferIn.newAXFR(Name.fromConstantString(Secondary.ZONE), node, tsig));
    }

    @Test
    void whoHasNoKeyOrAWrongOneGetsNothing() {
        InetSocketAddress node = solo.node().address();
        Name zone = Name.fromConstantString(Secondary.ZONE);
        assertThatThrownBy(() -> Secondary.zone(ZoneTransferIn.newAXFR(zone, node, null)))
                .hasMessageContaining("REFUSED");
        assertThatThrownBy(() -> zone(SECRET.replace('M', 'N'), "secondary"))
                .hasMessageContaining("NOTAUTH");
        assertThatThrownBy(() -> zone(SECRET, "stranger")).hasMessageContaining("NOTAUTH");
    }
}
