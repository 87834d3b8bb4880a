package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of answer, read by programs that complain of what is wrong with one.
@Needs({Tool.DIG, Tool.KDIG, Tool.DELV})
class DigKdigDelvIT {

    private static final String SETTINGS =
            """
            services {
              www {
                names = ["www.example.com", "*.steered.example.com"]
                pools {
                  us-east { endpoints = [{ v4 = "192.0.2.1", v6 = "2001:db8:1::1" }] }
                  eu-west { endpoints = [{ v4 = "192.0.2.2", v6 = "2001:db8:2::1" }] }
                }
                steer = [{ to = [nearest] }]
              }
            }
            """;

    private static final String RECORDS =
            """
            @         MX    10 mail
            mail      AAAA  2001:db8::25
            alias     CNAME again
            again     CNAME mail
            shop      CNAME www
            out       CNAME elsewhere.example.net.
            old       DNAME new
            x.new     A     192.0.2.30
            *.wild    A     192.0.2.31
            text      TXT   "one" "two; \\"three\\""
            _sip._tcp SRV   1 2 5060 mail
            caa       CAA   0 issue "ca.example.net"
            sub       NS    ns.sub
            ns.sub    A     192.0.2.40
            """;

    private static final Pattern COMPLAINT =
            Pattern.compile(
                    "(?im)^.*(warning|malformed|got bad|unexpected|mismatch|extra bytes"
                            + "|format error|FORMERR|parse error).*$");

    /// kdig warns of every truncated reply, and that it asks again; so it is to be.
    private static final Pattern ASKS_AGAIN =
            Pattern.compile("(?m)^;; WARNING: truncated reply .*, retrying over TCP$");

    /// @param says in what dig and kdig print
    /// @param delv in what delv prints; empty where it cannot be asked: it takes a name server for
    ///   a resolver, which gives no referrals, refuses nobody and follows every alias
    record Case(String name, String type, String says, String delv) {

        @Override
        public String toString() {
            return name + " " + type;
        }
    }

    @TempDir private static Path folder;

    private static Solo solo;

    @BeforeAll
    static void start() throws IOException {
        String large =
                IntStream.range(0, 10)
                        .mapToObj(i -> "large TXT \"" + i + "x".repeat(200) + "\"\n")
                        .reduce("", String::concat);
        solo = Solo.encrypted(folder, SETTINGS, Zones.SMALL + RECORDS + large);
    }

    @AfterAll
    static void end() {
        if (solo != null) solo.close();
    }

    static Stream<Case> everyKind() {
        return Stream.of(
                found("www.example.com", "A", "192.0.2."),
                found("www.example.com", "AAAA", "2001:db8:"),
                found("any.steered.example.com", "A", "192.0.2."),
                found("mail.example.com", "AAAA", "2001:db8::25"),
                found("alias.example.com", "A", "192.0.2.25"),
                found("shop.example.com", "A", "192.0.2."),
                found("x.old.example.com", "A", "192.0.2.30"),
                found("y.wild.example.com", "A", "192.0.2.31"),
                found("mail.example.com", "ANY", "mail.example.com."),
                found("text.example.com", "TXT", "\"two; \\\"three\\\"\""),
                found("large.example.com", "TXT", "\"9xxx"),
                found("_sip._tcp.example.com", "SRV", "5060 mail.example.com."),
                found("example.com", "MX", "10 mail.example.com."),
                found("example.com", "SOA", "hostmaster.example.com."),
                found("example.com", "NS", "ns1.example.com."),
                found("caa.example.com", "CAA", "\"ca.example.net\""),
                new Case("www.example.com", "TXT", "status: NOERROR", "ncache nxrrset"),
                new Case("none.example.com", "A", "status: NXDOMAIN", "ncache nxdomain"),
                new Case("out.example.com", "A", "elsewhere.example.net.", ""),
                new Case("a.sub.example.com", "A", "192.0.2.40", ""),
                new Case("example.org", "A", "status: REFUSED", ""));
    }

    private static Case found(String name, String type, String text) {
        return new Case(name, type, text, text);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void digReadsIt(Case asked) throws Exception {
        Run run = run(Tool.DIG, "+norec", asked.name(), asked.type());
        assertThat(run.out()).contains(asked.says());
        assertQuiet(run);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void digReadsItWithAClientSubnet(Case asked) throws Exception {
        Run run = run(Tool.DIG, "+norec", "+subnet=2.125.160.0/24", asked.name(), asked.type());
        assertThat(run.out()).contains(asked.says());
        if (!asked.says().contains("REFUSED"))
            assertThat(run.out()).contains("CLIENT-SUBNET: 2.125.160.0/24/");
        assertQuiet(run);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void kdigReadsIt(Case asked) throws Exception {
        Run run = run(Tool.KDIG, "+norec", "+edns", asked.name(), asked.type());
        assertThat(run.out()).contains(asked.says());
        assertQuiet(run);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void kdigReadsItOverTcp(Case asked) throws Exception {
        Run run = run(Tool.KDIG, "+norec", "+edns", "+tcp", asked.name(), asked.type());
        assertThat(run.out()).contains(asked.says());
        assertQuiet(run);
    }

    /// And it is what UDP says, however long.
    @ParameterizedTest
    @MethodSource("everyKind")
    void kdigReadsItOverTls(Case asked) throws Exception {
        String port = "" + solo.tlsPort();
        Run run =
                runAt(
                        port,
                        Tool.KDIG,
                        "+norec",
                        "+edns",
                        "+padding",
                        "+tls-ca=" + Solo.certificate("first", ".pem"),
                        "+tls-hostname=first.example.com",
                        asked.name(),
                        asked.type());
        assertThat(run.out()).contains(asked.says()).contains(";; TLS session (TLS1.3)");
        assertQuiet(run);
        Run inTheClear = run(Tool.KDIG, "+norec", "+edns", asked.name(), asked.type());
        assertThat(records(run)).isEqualTo(records(inTheClear));
    }

    private static List<String> records(Run run) {
        return run.out()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(";; "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void delvReadsIt(Case asked) throws Exception {
        if (asked.delv().isEmpty()) return;
        Run run = run(Tool.DELV, "-i", asked.name(), asked.type());
        assertThat(run.out() + run.err()).contains(asked.delv());
        assertThat(COMPLAINT.matcher(run.out() + run.err()).results().toList()).isEmpty();
    }

    private static Run run(Tool tool, String... words) throws IOException, InterruptedException {
        return runAt("" + solo.node().address().getPort(), tool, words);
    }

    private static Run runAt(String port, Tool tool, String... words)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(tool.path().orElseThrow().toString());
        command.addAll(List.of("@127.0.0.1", "-p", port));
        command.addAll(List.of(words));
        return Run.of(folder, Map.of(), command);
    }

    private static void assertQuiet(Run run) {
        assertThat(run.status()).as(run.toString()).isZero();
        String err = ASKS_AGAIN.matcher(run.err()).replaceAll("").strip();
        String out = ASKS_AGAIN.matcher(run.out()).replaceAll("");
        assertThat(err).as(run.toString()).isEmpty();
        assertThat(COMPLAINT.matcher(out).results().map(found -> found.group()).toList()).isEmpty();
    }
}
