package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import meridian.dns.Client;
import meridian.dns.Explanations;
import meridian.dns.Responder;
import meridian.dns.ServerCookies;
import meridian.dns.Told;
import meridian.dns.Transport;
import meridian.dns.ZoneText;
import meridian.dns.geo.Atlas;
import meridian.dns.signed.Signing;
import meridian.dns.signed.TestSigning;
import meridian.dns.zone.Lookup;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.signing.Rrsig;
import meridian.steering.Explanation;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.AllDown;
import meridian.topology.Binding;
import meridian.topology.Comeback;
import meridian.topology.Coordinates;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.GuardLimits;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.Policy;
import meridian.topology.Pool;
import meridian.topology.Region;
import meridian.topology.RegionId;
import meridian.topology.Rule;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Step;
import meridian.topology.Topology;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Record types beside A, AAAA and CNAME, as clients get them.
class SteeredTypesTest {

    private static final NodeId SELF = new NodeId("n1");
    private static final RegionId US = new RegionId("us-east");
    private static final RegionId EU = new RegionId("eu-west");
    private static final RegionId AP = new RegionId("ap-south");
    private static final List<RegionId> REGIONS = List.of(US, EU, AP);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final String ZONE = "example.com";

    private static final List<ZoneContents> ZONES =
            List.of(
                    ZoneText.parse(
                            "example.com.",
                            """
                            $TTL 300
                            @ SOA ns1 admin 1 3600 600 86400 30
                            @ NS ns1
                            ns1 A 192.0.2.53
                            www CNAME shop
                            """));

    private final Map<RegionId, Health> health = new HashMap<>();
    private final Set<String> down = new HashSet<>();
    private Serving serving = serving(Signing.NONE);
    private SnapshotKeeper keeper = new SnapshotKeeper(SELF, serving);
    private int second;

    @Test
    void httpsHasTheAddressesOfTheRegionThatServesAndFollowsItsFall() throws IOException {
        assertThat(answer("shop", Type.HTTPS))
                .containsExactly(
                        "HTTPS 1 . alpn=h2,h3 ipv4hint=192.0.2.1 ipv6hint=2001:db8:0:0:0:0:0:1");
        health.put(US, Health.DOWN);
        assertThat(answer("shop", Type.HTTPS))
                .containsExactly(
                        "HTTPS 1 . alpn=h2,h3 ipv4hint=192.0.2.2 ipv6hint=2001:db8:0:0:0:0:0:2");
        assertThat(answer("shop", Type.A)).containsExactly("A 192.0.2.2");
    }

    @Test
    void httpsIsExplainedByWhatEachFamilyIs() {
        down.add(v6(0));
        Explanation explanation =
                Explainer.explain(
                                edition(),
                                DomainName.of("shop.example.com"),
                                RecordType.HTTPS,
                                Network.of("192.0.2.77/32"),
                                0)
                        .orElseThrow();
        assertThat(explanation.candidates()).isEmpty();
        assertThat(explanation.choice().regions()).containsExactly(US, EU);
        assertThat(explanation.weighed())
                .extracting(Explanation::type)
                .containsExactly(RecordType.A, RecordType.AAAA);
        assertThat(outcomes(explanation.weighed().getFirst())).startsWith("us-east answered");
        assertThat(outcomes(explanation.weighed().getLast()))
                .startsWith("us-east rejected: down", "eu-west answered");
    }

    private static List<String> outcomes(Explanation explanation) {
        return explanation.candidates().stream()
                .map(one -> one.region() + " " + explanation.outcome(one))
                .toList();
    }

    @Test
    void svcbHasParametersOfItsOwn() throws IOException {
        assertThat(answer("shop", Type.SVCB)).containsExactly("SVCB 1 . alpn=dot port=853");
    }

    @Test
    void anAliasOfTheZoneFileLeadsToThem() throws IOException {
        assertThat(answer("www", Type.HTTPS))
                .hasSize(2)
                .contains("CNAME shop.example.com.")
                .anyMatch(line -> line.startsWith("HTTPS 1 . "));
    }

    @Test
    void mxAndSrvTellOfEachRegionThatServesInTheClientsOrder() throws IOException {
        health.put(EU, Health.DOWN);
        assertThat(answer("", Type.MX))
                .containsExactlyInAnyOrder("MX 1 mx1.example.com.", "MX 2 mx3.example.com.");
        assertThat(answer("_sip._tcp", Type.SRV))
                .containsExactlyInAnyOrder(
                        "SRV 1 10 5060 sip1.example.com.", "SRV 2 10 5060 sip3.example.com.");
    }

    @Test
    void httpsOfHostsHasAPriorityForEachRegionThatServes() throws IOException {
        health.put(US, Health.DOWN);
        assertThat(answer("app", Type.HTTPS))
                .containsExactlyInAnyOrder(
                        "HTTPS 1 app2.example.com. alpn=h2", "HTTPS 2 app3.example.com. alpn=h2");
    }

    @Test
    void otherTypesOfTheNameAreNotThere() throws IOException {
        assertThat(answer("shop", Type.MX)).isEmpty();
        assertThat(answer("_sip._tcp", Type.A)).isEmpty();
        assertThat(answer("", Type.HTTPS)).isEmpty();
    }

    @Test
    void whatTheProofOfASteeredNameNamesIsWhatItHas() throws IOException {
        serve(TestSigning.of(ZONE));
        assertThat(proved("shop", Type.TXT))
                .containsExactly(Type.A, Type.AAAA, Type.RRSIG, Type.NSEC, Type.SVCB, Type.HTTPS);
        assertThat(proved("_sip._tcp", Type.TXT)).containsExactly(Type.SRV, Type.RRSIG, Type.NSEC);
        assertThat(proved("", Type.TXT))
                .contains(Type.SOA, Type.NS, Type.MX, Type.DNSKEY)
                .doesNotContain(Type.A);
    }

    /// And none is made: all that can be answered while regions fall as a whole was signed ahead.
    @Test
    void eachAnswerIsSignedAheadWhateverFallsWhole() {
        var made = new AtomicInteger();
        serve(TestSigning.of(made::incrementAndGet, ZONE));
        Ahead.sign(List.of(edition())::getFirst);
        int ahead = made.get();
        for (int down = 0; down < 1 << REGIONS.size(); down++) {
            for (int i = 0; i < REGIONS.size(); i++)
                health.put(REGIONS.get(i), (down >> i & 1) == 0 ? Health.UP : Health.DOWN);
            Edition edition = edition();
            for (Service service : serving.services()) {
                for (RecordType type : service.steeredTypes())
                    assertSigned(edition, service.names().getFirst(), type);
            }
        }
        assertThat(made).as("signatures that were made").hasValue(ahead);
    }

    private static void assertSigned(Edition edition, DomainName name, RecordType type) {
        var found = (Lookup.Steered) edition.snapshot().zones().lookup(name, type);
        var client = new Client(InetAddress.getLoopbackAddress(), Optional.empty());
        for (long draw = 0; draw < 64; draw++) {
            RRset rrset =
                    edition.snapshot()
                            .steered()
                            .answer(found.name(), type, client, draw * (Long.MAX_VALUE / 32))
                            .rrset()
                            .orElseThrow();
            assertThat(rrset.signatures()).hasSize(1);
            assertThat(Rrsig.verifies(rrset.signatures().getFirst(), rrset, TestSigning.key(ZONE)))
                    .as("%s", rrset)
                    .isTrue();
        }
    }

    private void serve(Signing signing) {
        serving = serving(signing);
        keeper = new SnapshotKeeper(SELF, serving);
    }

    private Edition edition() {
        var verdicts = new HashMap<WatchKey, Verdict>();
        for (int i = 0; i < REGIONS.size(); i++) {
            Health ofRegion = health.getOrDefault(REGIONS.get(i), Health.UP);
            for (String address : List.of(v4(i), v6(i)))
                verdicts.put(
                        WatchKey.of(Network.addressOf(address), RandomFleet.MONITOR),
                        new Verdict(
                                down.contains(address) ? Health.DOWN : ofRegion,
                                new Stamp(new HybridTime(second, 0), SELF)));
        }
        var now =
                new Moment(
                        second * 1_000_000_000L,
                        new HybridTime(second * 1000L, 0),
                        Instant.ofEpochSecond(second++));
        return keeper.step(new Tally(Map.of(), verdicts, Map.of()), Intents.NONE, now).edition();
    }

    private List<String> answer(String label, int type) throws IOException {
        return ask(label, type, false).getSection(Section.ANSWER).stream()
                .map(one -> Type.string(one.getType()) + " " + one.rdataToString())
                .toList();
    }

    private List<Integer> proved(String label, int type) throws IOException {
        Message response = ask(label, type, true);
        NSECRecord nsec =
                response.getSection(Section.AUTHORITY).stream()
                        .filter(one -> one.getType() == Type.NSEC)
                        .map(NSECRecord.class::cast)
                        .findFirst()
                        .orElseThrow();
        var types = new ArrayList<Integer>();
        for (int each : nsec.getTypes()) types.add(each);
        return types;
    }

    private Message ask(String label, int type, boolean dnssecOk) throws IOException {
        String name = label.isEmpty() ? "example.com." : label + ".example.com.";
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
        if (dnssecOk) query.addRecord(new OPTRecord(1232, 0, 0, 0x8000), Section.ADDITIONAL);
        Edition edition = edition();
        var responder =
                new Responder(
                        edition::snapshot,
                        () -> 0,
                        Responder.Limits.DEFAULT,
                        ServerCookies.of(new byte[16], CLOCK),
                        new Told(Optional.empty(), Optional.empty(), Explanations.NONE),
                        CLOCK);
        ByteBuffer out = ByteBuffer.allocate(2 + Responder.PAYLOAD_SIZE);
        responder.respond(
                ByteBuffer.wrap(query.toWire()),
                new InetSocketAddress("192.0.2.77", 5353),
                Transport.UDP,
                out.position(2));
        byte[] response = new byte[out.position() - 2];
        out.get(2, response);
        return new Message(response);
    }

    private static Serving serving(Signing signing) {
        List<Region> regions =
                REGIONS.stream()
                        .map(id -> new Region(id, new Coordinates(0, 0), 100, false, List.of()))
                        .toList();
        return Serving.of(
                Topology.of(
                        List.of(),
                        regions,
                        List.of(shop(), mail(), voice(), app()),
                        Agreement.DEFAULT),
                ZONES,
                Atlas.EMPTY,
                signing);
    }

    private static Service shop() {
        return service(
                "shop.example.com",
                List.of(
                        binding(RecordType.SVCB, OptionalInt.of(853), false, "dot"),
                        binding(RecordType.HTTPS, OptionalInt.empty(), true, "h2", "h3")),
                i ->
                        Stream.of(v4(i), v6(i))
                                .map(Network::addressOf)
                                .map(Destination.Address::new)
                                .map(to -> endpoint(to, Optional.empty()))
                                .toList());
    }

    private static Service mail() {
        return service(
                "example.com",
                List.of(),
                i -> List.of(host(new Destination.MailHost(name("mx", i)), i)));
    }

    private static Service voice() {
        return service(
                "_sip._tcp.example.com",
                List.of(),
                i -> List.of(host(new Destination.Server(name("sip", i), 5060), i)));
    }

    private static Service app() {
        return service(
                "app.example.com",
                List.of(binding(RecordType.HTTPS, OptionalInt.empty(), true, "h2")),
                i ->
                        List.of(
                                host(
                                        new Destination.Alternative(
                                                RecordType.HTTPS, name("app", i)),
                                        i)));
    }

    private static DomainName name(String kind, int region) {
        return DomainName.of(kind + (region + 1) + ".example.com");
    }

    private static Endpoint host(Destination host, int region) {
        return endpoint(host, Optional.of(Network.addressOf(v4(region))));
    }

    private static Endpoint endpoint(Destination to, Optional<InetAddress> probe) {
        return new Endpoint(to, to instanceof Destination.Server ? 10 : 1, Optional.empty(), probe);
    }

    private static String v4(int region) {
        return "192.0.2." + (region + 1);
    }

    private static String v6(int region) {
        return "2001:db8::" + (region + 1);
    }

    private static Binding binding(
            RecordType type, OptionalInt port, boolean hints, String... alpn) {
        return new Binding(type, List.of(alpn), port, Optional.empty(), hints);
    }

    private static Service service(
            String name, List<Binding> bindings, IntFunction<List<Endpoint>> endpoints) {
        List<Pool> pools = new ArrayList<>();
        for (int i = 0; i < REGIONS.size(); i++)
            pools.add(new Pool(REGIONS.get(i), 0, endpoints.apply(i)));
        var rule =
                new Rule(
                        Optional.empty(),
                        REGIONS.stream().<Step>map(Step.OneRegion::new).toList(),
                        false);
        return new Service(
                new ServiceId(name.replaceAll("[^a-z]", "")),
                List.of(DomainName.of(name)),
                Duration.ofSeconds(20),
                1,
                Optional.of(RandomFleet.MONITOR),
                pools,
                new Policy(List.of(rule)),
                new AllDown.FailOpen(),
                new GuardLimits(1),
                Comeback.AUTOMATIC,
                bindings);
    }
}
