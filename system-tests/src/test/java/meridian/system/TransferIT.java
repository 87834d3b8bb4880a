package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

/// A signed zone with steered names, as the secondaries of the field take it and follow it.
@Needs({Tool.DIG, Tool.NAMED, Tool.NSD, Tool.KNOTD})
@ParameterizedClass
@ValueSource(strings = {"nsec", "nsec3"})
@SuppressWarnings("NullAway.Init") // the fields are set before each denial's tests
class TransferIT {

    private static final String SERVICES =
            """
            services {
              www {
                names = ["www.example.com", "*.steered.example.com"]
                https { alpn = [h2] }
                pools {
                  us-east { endpoints = [{ v4 = "192.0.2.1" }] }
                  eu-west { endpoints = [{ v4 = "192.0.2.2", v6 = "2001:db8:2::1" }] }
                }
                steer = [{ to = [us-east, eu-west] }]
              }
              post {
                names = ["post.example.com"]
                pools {
                  us-east { endpoints = [{ mx = "us.mx.example.net" }] }
                  eu-west { endpoints = [{ mx = "eu.mx.example.net" }] }
                }
                steer = [{ to = [us-east, eu-west] }]
              }
            }
            """;

    @TempDir private static Path parent;

    @Parameter private String denial;

    private static GivenZone given;

    @BeforeParameterizedClassInvocation
    static void start(String denial) throws Exception {
        Path folder = Files.createDirectory(parent.resolve(denial));
        given = GivenZone.start(folder, SERVICES, denial, "1s");
    }

    @AfterParameterizedClassInvocation
    static void end() {
        if (given != null) given.close();
    }

    @ParameterizedTest
    @EnumSource
    void aSecondaryFollowsAFailoverAndBack(Secondary.Kind kind) throws Exception {
        Secondary secondary = given.secondary(kind);
        awaitAnswers(secondary, "192.0.2.1", "1 us.mx.example.net.");
        long before = GivenZone.serial(secondary.dns());
        String drain = "{\"region\": \"us-east\", \"for\": \"1h\", \"reason\": \"a test\"}";
        assertThat(given.node().api().post("/v1/drains", drain).status()).isEqualTo(201);
        try {
            awaitAnswers(secondary, "192.0.2.2", "1 eu.mx.example.net.");
        } finally {
            given.node().api().delete("/v1/drains?region=us-east");
        }
        awaitAnswers(secondary, "192.0.2.1", "1 us.mx.example.net.");
        assertThat(GivenZone.serial(secondary.dns())).isGreaterThan(before);
        Fleet.await(kind + " has what the node has")
                .until(() -> secondary.zone().equals(given.zone()));
        assertThat(given.zone()).anyMatch(record -> record.contains("RRSIG\tA"));
        String proof = "RRSIG\t" + denial.toUpperCase(Locale.ROOT) + " ";
        assertThat(given.zone()).anyMatch(record -> record.contains(proof));
    }

    /// Of each type that is steered; the address is also the hint of HTTPS.
    private static void awaitAnswers(Secondary secondary, String address, String mx) {
        awaitAnswer(secondary, "www", Type.A, "\tA\t" + address + "\n");
        awaitAnswer(secondary, "www", Type.HTTPS, "ipv4hint=" + address);
        awaitAnswer(secondary, "post", Type.MX, "\tMX\t" + mx);
    }

    private static void awaitAnswer(Secondary secondary, String label, int type, String wanted) {
        Fleet.await("the secondary answers " + wanted.strip())
                .ignoreExceptions()
                .until(
                        () -> secondary.dns().ask(label + ".example.com.", type).toString(),
                        answer -> answer.contains(wanted));
    }

    /// RFC 1995 §2: the SOA tells that there is something newer, and that it is to be had over TCP.
    @Test
    void whoAsksForChangesOverUdpGetsTheSoaAlone() throws Exception {
        String key = "hmac-sha256:%s:%s".formatted(GivenZone.KEY, GivenZone.SECRET);
        assertThat(dig("-y", key, "+notcp", "example.com", "ixfr=1"))
                .contains("status: NOERROR", "ANSWER: 1,", "(UDP)", "NOERROR 0")
                .containsPattern("example\\.com\\.\\s+\\d+\\s+IN\\s+SOA")
                .doesNotContain("Couldn't verify");
        assertThat(dig("+notcp", "example.com", "ixfr=1")).contains("REFUSED");
    }

    private static String dig(String... words) throws Exception {
        var command = new ArrayList<String>();
        command.add(Tool.DIG.path().orElseThrow().toString());
        command.addAll(List.of("@127.0.0.1", "-p", "" + given.node().address().getPort()));
        command.addAll(List.of("+nocookie", "+comments", "+stats"));
        command.addAll(List.of(words));
        return Run.of(parent, Map.of(), command).out();
    }

    @Test
    void whoHasNoKeyOrAWrongOneGetsNothing() {
        assertThatThrownBy(() -> given.zone(Optional.empty())).hasMessageContaining("REFUSED");
        var wrong = new TSIG(TSIG.HMAC_SHA256, GivenZone.KEY, GivenZone.SECRET.replace('M', 'N'));
        assertThatThrownBy(() -> given.zone(Optional.of(wrong))).hasMessageContaining("NOTAUTH");
        var unknown = new TSIG(TSIG.HMAC_SHA256, "stranger", GivenZone.SECRET);
        assertThatThrownBy(() -> given.zone(Optional.of(unknown))).hasMessageContaining("NOTAUTH");
    }
}
