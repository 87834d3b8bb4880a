package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// HTTPS, MX and SRV go where addresses go: through a failover and a drain, in a signed zone, as
/// kdig reads them and unbound judges them.
@Needs({Tool.KDIG, Tool.UNBOUND})
class RecordTypesIT {

    private static final String US = Site.US_EAST.backends().getFirst();
    private static final String EU = Site.EU_WEST.backends().getFirst();

    @TempDir private static Path folder;

    private static Backends backends;
    private static Solo solo;
    private static Unbound unbound;

    @BeforeAll
    static void start() throws Exception {
        backends = Backends.start();
        keys("make", "example.com");
        String ds = keys("ds");
        solo = Solo.signed(folder, settings(), Zones.SMALL, "nsec");
        unbound = Unbound.validating(folder, solo.node().address().getPort(), ds.strip());
    }

    @AfterAll
    static void end() {
        if (unbound != null) unbound.close();
        if (solo != null) solo.close();
        backends.close();
    }

    private static String keys(String word, String... more) throws Exception {
        var words = new ArrayList<>(List.of("keys", word));
        words.addAll(List.of(more));
        words.addAll(List.of("--dir", folder.resolve("keys").toString()));
        Run run = Run.meridian(folder, words.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    private static String settings() {
        return """
            monitors { web { http { port = %1$d }, interval = 500ms, timeout = 490ms, rise = 1, fall = 4 } }
            templates { near { monitor = web, ttl = 1s, steer = [{ to = [us-east, eu-west] }] } }
            services {
              www {
                like = near, names = ["www.example.com"]
                https { alpn = [h2, h3], port = 8443 }
                pools {
                  us-east { endpoints = [{ v4 = "%2$s" }] }
                  eu-west { endpoints = [{ v4 = "%3$s" }] }
                }
              }
              mail {
                like = near, names = ["example.com"]
                pools {
                  us-east { endpoints = [{ mx = "mx1.example.com", probe = "%2$s" }] }
                  eu-west { endpoints = [{ mx = "mx2.example.com", probe = "%3$s" }] }
                }
              }
              voice {
                like = near, names = ["_sip._tcp.example.com"]
                pools {
                  us-east { endpoints = [{ srv = "sip1.example.com", port = 5060, weight = 7, probe = "%2$s" }] }
                  eu-west { endpoints = [{ srv = "sip2.example.com", port = 5061, probe = "%3$s" }] }
                }
              }
            }
            """
                .formatted(backends.port(), US, EU);
    }

    @Test
    void theyFollowAFailoverAndADrainAndAreSecureAllTheWhile() throws Exception {
        awaitBoth();
        backends.kill(Site.US_EAST);
        Fleet.await("clients are sent elsewhere")
                .until(() -> kdig("www", "A"), (EU + "\n")::equals);
        assertThat(kdig("www", "HTTPS"))
                .startsWith("1 . ")
                .contains("h2", "h3", "port=8443", "ipv4hint=" + EU)
                .doesNotContain(US);
        assertThat(kdig("", "MX")).isEqualTo("1 mx2.example.com.\n");
        assertThat(kdig("_sip._tcp", "SRV")).isEqualTo("1 1 5061 sip2.example.com.\n");
        assertSecure();
        backends.revive(Site.US_EAST);
        awaitBoth();
        meridian("drain", "eu-west", "--for", "1h", "--reason", "a test");
        Fleet.await("the drain is answered")
                .until(() -> kdig("", "MX"), "1 mx1.example.com.\n"::equals);
        assertThat(kdig("_sip._tcp", "SRV")).isEqualTo("1 7 5060 sip1.example.com.\n");
        assertSecure();
        assertThat(meridian("explain", "_sip._tcp.example.com", "--type", "SRV", "--from", EU))
                .contains(
                        "1 7 5060 sip1.example.com.",
                        "sip2.example.com.:5061",
                        "rejected: drained");
        meridian("undrain", "eu-west");
        awaitBoth();
    }

    /// Both regions are up: that of the first step has the addresses, and each has a priority.
    /// While nothing is known of either they are told of alike, and so answers alone do not show
    /// it.
    private static void awaitBoth() throws Exception {
        Fleet.await("both regions are up")
                .until(
                        () -> meridian("explain", "example.com", "--type", "MX", "--from", US),
                        text -> text.split("up; 1 of 1 endpoints up", -1).length == 3);
        assertThat(kdig("", "MX").lines())
                .containsExactlyInAnyOrder("1 mx1.example.com.", "2 mx2.example.com.");
        assertThat(kdig("_sip._tcp", "SRV").lines())
                .containsExactlyInAnyOrder(
                        "1 7 5060 sip1.example.com.", "2 1 5061 sip2.example.com.");
        assertThat(kdig("www", "HTTPS")).contains("ipv4hint=" + US).doesNotContain(EU);
        assertSecure();
    }

    /// What there is, and the proof of what there is not.
    private static void assertSecure() throws IOException {
        assertSecure("www", Type.HTTPS, 1);
        assertSecure("", Type.MX, 1);
        assertSecure("_sip._tcp", Type.SRV, 1);
        assertSecure("www", Type.MX, 0);
        assertSecure("_sip._tcp", Type.HTTPS, 0);
    }

    private static void assertSecure(String label, int type, int least) throws IOException {
        Message answer = unbound.ask(name(label) + ".", type);
        assertThat(answer.getSection(Section.ANSWER).size() >= least).as("%s", answer).isTrue();
        assertThat(answer.getSection(Section.ANSWER).isEmpty()).isEqualTo(least == 0);
        assertThat(answer.getHeader().getFlag(Flags.AD)).as("%s", answer).isTrue();
    }

    private static String name(String label) {
        return label.isEmpty() ? "example.com" : label + ".example.com";
    }

    private static String kdig(String label, String type) throws IOException, InterruptedException {
        var command =
                List.of(
                        Tool.KDIG.path().orElseThrow().toString(),
                        "@127.0.0.1",
                        "-p",
                        Integer.toString(solo.node().address().getPort()),
                        "+short",
                        name(label),
                        type);
        Run run = Run.of(folder, Map.of(), command);
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    private static String meridian(String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--api", solo.node().api().root().toString()));
        Run run = Run.meridian(folder, all.toArray(String[]::new));
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        return run.out();
    }
}
