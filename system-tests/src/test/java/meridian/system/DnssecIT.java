package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Signed zones, as the field's own validators judge them: with the DS records that `./meridian
/// keys` prints as trust anchors, and nothing else to go by; with either denial.
@Needs({Tool.UNBOUND, Tool.DELV})
@ParameterizedClass
@ValueSource(strings = {"nsec", "nsec3"})
@SuppressWarnings("NullAway.Init") // the fields are set before each denial's tests
class DnssecIT {

    private static final String RECORDS =
            """
            alias     CNAME mail
            shop      CNAME www
            old       DNAME new
            x.new     A     192.0.2.30
            *.wild    A     192.0.2.31
            *.links   CNAME mail
            a.empty   A     192.0.2.32
            long      TXT   "%s"
            insecure  NS    ns1
            signed    NS    ns1
            """
                    .formatted(String.join("\" \"", Collections.nCopies(6, "x".repeat(250))));

    private static final String CHILD =
            """
            $TTL 1h
            @    SOA ns1.example.com. hostmaster.example.com. 1 1h 10m 2w 1m
            @    NS  ns1.example.com.
            www  A   192.0.2.50
            """;

    @TempDir private static Path parent;

    @Parameter private String denial;

    private static Path folder;
    private static Solo solo;
    private static Unbound unbound;

    @BeforeParameterizedClassInvocation
    static void start(String denial) throws Exception {
        folder = Files.createDirectory(parent.resolve(denial));
        keys("make", "example.com");
        String ds = keys("ds");
        keys("make", "signed.example.com", "--csk", "--algorithm", "ed25519");
        String dsOfChild =
                keys("ds").lines().filter(line -> line.startsWith("signed.")).findFirst().get();
        Files.writeString(folder.resolve("signed.zone"), CHILD);
        Files.writeString(folder.resolve("insecure.zone"), CHILD);
        String zone = Zones.SMALL + RECORDS + dsOfChild + "\n";
        solo = Solo.signed(folder, settings(denial), zone, denial);
        unbound = Unbound.validating(folder, solo.node().address().getPort(), ds.strip());
    }

    private static String settings(String denial) {
        return """
            zones {
              "signed.example.com" { file = "signed.zone", dnssec { keys = "keys", denial = %s } }
              "insecure.example.com" { file = "insecure.zone" }
            }
            monitors { dead { tcp { port = %d }, interval = 1s, timeout = 500ms } }
            services {
              silent {
                names = ["silent.example.com", "*.silent.example.com"], monitor = dead, all-down = no-data, ttl = 5s
                pools { us-east { endpoints = [{ v4 = "127.0.0.1" }] } }
              }
              open {
                names = ["open.example.com"], monitor = dead
                pools { us-east { endpoints = [{ v4 = "127.0.0.1" }] } }
              }
              www {
                names = ["www.example.com", "*.steered.example.com"]
                pools {
                  us-east { endpoints = [{ v4 = "192.0.2.1" }, { v4 = "192.0.2.3" }] }
                  eu-west { endpoints = [{ v4 = "192.0.2.2", v6 = "2001:db8:2::1" }] }
                }
                steer = [{ to = [us-east, eu-west] }]
              }
            }
            """
                .formatted(denial, FreePorts.take());
    }

    @AfterParameterizedClassInvocation
    static void end() {
        if (unbound != null) unbound.close();
        if (solo != null) solo.close();
    }

    private static String keys(String word, String... more) throws Exception {
        var words = new java.util.ArrayList<String>(List.of("keys", word));
        words.addAll(List.of(more));
        words.addAll(List.of("--dir", folder.resolve("keys").toString()));
        Run run = Run.meridian(folder, words.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, SOA, NOERROR",
        "example.com, DNSKEY, NOERROR",
        "example.com, CDS, NOERROR",
        "example.com, CDNSKEY, NOERROR",
        "example.com, NSEC, NOERROR",
        "mail.example.com, A, NOERROR",
        "mail.example.com, TXT, NOERROR",
        "nowhere.example.com, A, NXDOMAIN",
        "deep.nowhere.example.com, A, NXDOMAIN",
        "zzz.example.com, A, NXDOMAIN",
        "n.wild.example.com, A, NOERROR",
        "m.n.wild.example.com, A, NOERROR",
        "n.wild.example.com, TXT, NOERROR",
        "*.wild.example.com, A, NOERROR",
        "wild.example.com, A, NOERROR",
        "n.links.example.com, A, NOERROR",
        "alias.example.com, A, NOERROR",
        "alias.example.com, TXT, NOERROR",
        "shop.example.com, A, NOERROR",
        "x.old.example.com, A, NOERROR",
        "y.old.example.com, A, NXDOMAIN",
        "old.example.com, DNAME, NOERROR",
        "empty.example.com, A, NOERROR",
        "empty.example.com, DS, NOERROR",
        "n.wild.example.com, DS, NOERROR",
        "n.empty.example.com, A, NXDOMAIN",
        "long.example.com, TXT, NOERROR",
        "www.example.com, A, NOERROR",
        "www.example.com, AAAA, NOERROR",
        "www.example.com, TXT, NOERROR",
        "n.www.example.com, A, NXDOMAIN",
        "n.steered.example.com, A, NOERROR",
        "n.steered.example.com, AAAA, NOERROR",
        "n.steered.example.com, TXT, NOERROR",
        "signed.example.com, DS, NOERROR",
        "insecure.example.com, DS, NOERROR",
        "www.signed.example.com, A, NOERROR",
        "n.signed.example.com, A, NXDOMAIN",
    })
    void validatorsFindItSecure(String name, String type, String rcode) throws Exception {
        Message answer = unbound.ask(name + ".", Type.value(type));
        assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
        assertThat(answer.getHeader().getFlag(Flags.AD)).as("%s", answer).isTrue();
    }

    @Test
    void itIsProvedAsTheConfigurationSays() throws Exception {
        Message answer = unbound.askForSignatures("nobody.example.com.", Type.A);
        assertThat(answer.getSection(Section.AUTHORITY))
                .filteredOn(record -> record.getType() != Type.SOA)
                .filteredOn(record -> record.getType() != Type.RRSIG)
                .isNotEmpty()
                .allMatch(record -> Type.string(record.getType()).equalsIgnoreCase(denial));
    }

    @Test
    void whatIsHandedOnWithoutDsIsInsecureAndAnswered() throws Exception {
        Message answer = unbound.ask("www.insecure.example.com.", Type.A);
        assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
        assertThat(answer.getHeader().getFlag(Flags.AD)).isFalse();
    }

    @Test
    void whatDoesNotFitIntoADatagramComesOverTcp() throws Exception {
        Message answer = unbound.ask("long.example.com.", Type.TXT);
        assertThat(answer.getSection(Section.ANSWER).getFirst().toWire(Section.ANSWER))
                .hasSizeGreaterThan(1232);
        assertThat(answer.getHeader().getFlag(Flags.AD)).isTrue();
    }

    @Test
    void delvFindsItSecureToo() throws Exception {
        assertThat(delv("www.example.com", "A")).contains("; fully validated");
        assertThat(delv("nowhere.example.com", "A"))
                .contains("; negative response, fully validated");
        assertThat(delv("mail.example.com", "TXT"))
                .contains("; negative response, fully validated");
        assertThat(delv("n.wild.example.com", "A")).contains("; fully validated");
        assertThat(delv("www.signed.example.com", "A")).contains("; fully validated");
    }

    @Test
    void whatIsSteeredElsewhereByADrainIsSecureAtOnce() throws Exception {
        String drain =
                "{\"region\": \"us-east\", \"service\": \"www\", \"for\": \"1h\","
                        + " \"reason\": \"a test\"}";
        assertThat(solo.node().api().post("/v1/drains", drain).status()).isEqualTo(201);
        try {
            Fleet.await("the drain is answered")
                    .until(
                            () -> solo.node().dns().ask("www.example.com.", Type.A).toString(),
                            text -> text.contains("192.0.2.2"));
            Message answer = unbound.ask("moved.steered.example.com.", Type.A);
            assertThat(answer.toString()).contains("192.0.2.2");
            assertThat(answer.getHeader().getFlag(Flags.AD)).isTrue();
        } finally {
            solo.node().api().delete("/v1/drains?region=us-east&service=www");
        }
    }

    @Test
    void whatIsDownEverywhereIsSecureWhateverTheServiceSaysThen() throws Exception {
        Fleet.await("all of it is down")
                .until(
                        () ->
                                solo.node()
                                        .dns()
                                        .ask("silent.example.com.", Type.A)
                                        .getSection(Section.ANSWER)
                                        .isEmpty());
        Message nothing = unbound.ask("silent.example.com.", Type.A);
        assertThat(nothing.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(nothing.getSection(Section.ANSWER)).isEmpty();
        assertThat(nothing.getHeader().getFlag(Flags.AD)).as("%s", nothing).isTrue();
        Message ofWildcard = unbound.ask("n.silent.example.com.", Type.A);
        assertThat(ofWildcard.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ofWildcard.getHeader().getFlag(Flags.AD)).as("%s", ofWildcard).isTrue();
        Message open = unbound.ask("open.example.com.", Type.A);
        assertThat(open.toString()).contains("127.0.0.1");
        assertThat(open.getHeader().getFlag(Flags.AD)).as("%s", open).isTrue();
    }

    private static String delv(String name, String type) throws IOException, InterruptedException {
        var command =
                List.of(
                        Tool.DELV.path().orElseThrow().toString(),
                        "@127.0.0.1",
                        "-p",
                        Integer.toString(unbound.port()),
                        "-a",
                        unbound.anchors().toString(),
                        "+root=example.com",
                        name,
                        type);
        Run run = Run.of(folder, Map.of(), command);
        return run.out() + run.err();
    }
}
