package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import meridian.dns.Client;
import meridian.dns.SteeredAnswers;
import meridian.dns.wire.ClientSubnet;
import meridian.dns.zone.Lookup;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Drain;
import meridian.intent.Intents;
import meridian.intent.Origin;
import meridian.intent.Scope;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.steering.Explanation;
import meridian.steering.Rdata;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is compiled ahead is what would be chosen, and what is explained is what is answered: over
/// random fleets, places, verdicts, drains and draws, with regions that climb or wait.
class ReadyAnswersTest {

    private static final NodeId SELF = new NodeId("n1");
    private static final Instant NOON = Instant.EPOCH;

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void compiledAnswersEqualExplainedChoices(int seed) {
        var random = new Random(seed);
        var fleet = new RandomFleet(random);
        Topology topology = fleet.topology();
        var serving = Serving.of(topology, RandomFleet.zones(), fleet.atlas());
        var keeper = new SnapshotKeeper(SELF, serving);
        Tally tally = Tally.EMPTY;
        for (int state = 0; state < 4; state++) {
            var now = new Moment(state * 20_000_000_000L, new HybridTime(100, 0), NOON);
            Intents intents = intents(topology, random);
            Tally turned = tally(serving, random, tally.verdicts());
            tally = keeper.counting(intents, now).apply(turned);
            Edition edition = keeper.step(tally, intents, now).edition();
            for (int i = 0; i < 15; i++) {
                for (Service service : topology.services().values()) {
                    assertSame(edition, service, fleet.address(), random.nextLong(), seed);
                }
            }
        }
    }

    private static void assertSame(
            Edition edition, Service service, InetAddress address, long draw, int seed) {
        DomainName name = service.names().getFirst();
        for (RecordType type : service.steeredTypes()) {
            var client = new Network(address, address.getAddress().length * 8);
            Explanation explained =
                    Explainer.explain(edition, name, type, client, draw).orElseThrow();
            SteeredAnswers.Choice answered = answer(edition, name, type, address, draw);
            assertThat(
                            answered.rrset()
                                    .map(RRset::rdata)
                                    .map(ReadyAnswersTest::texts)
                                    .orElse(List.of()))
                    .as("seed %d, %s %s for %s, draw %d", seed, name, type, address, draw)
                    .isEqualTo(
                            texts(
                                    explained.choice().records().stream()
                                            .map(Rdata::toWire)
                                            .toList()));
            assertThat(answered.scopePrefix()).isEqualTo(explained.scope());
        }
    }

    private static SteeredAnswers.Choice answer(
            Edition edition, DomainName name, RecordType type, InetAddress address, long draw) {
        var lookup = (Lookup.Steered) edition.snapshot().zones().lookup(name, type);
        int family = address.getAddress().length == 4 ? ClientSubnet.IPV4 : ClientSubnet.IPV6;
        var subnet =
                new ClientSubnet(family, address.getAddress(), address.getAddress().length * 8, 0);
        var client = new Client(InetAddress.getLoopbackAddress(), Optional.of(subnet));
        return edition.snapshot().steered().answer(lookup.name(), lookup.type(), client, draw);
    }

    private static Tally tally(Serving serving, Random random, Map<WatchKey, Verdict> before) {
        var verdicts = new HashMap<>(before);
        int moment = 1;
        for (WatchKey key : serving.keys().stream().sorted().toList()) {
            Health health = List.of(Health.values()).get(random.nextInt(3));
            var stamp = new Stamp(new HybridTime(moment++, 0), SELF);
            verdicts.remove(key);
            if (health != Health.UNKNOWN) verdicts.put(key, new Verdict(health, stamp));
        }
        return new Tally(Map.of(), verdicts, Map.of());
    }

    private static Intents intents(Topology topology, Random random) {
        Intents intents = Intents.NONE;
        for (RegionId region : topology.regions().keySet()) {
            if (random.nextInt(4) > 0) continue;
            var drain =
                    new Drain(
                            new Origin(
                                    "d-" + region, "ann", "test", Instant.EPOCH, Optional.empty()),
                            new Scope(region, Optional.empty()),
                            false);
            intents = intents.with(drain, new Stamp(new HybridTime(1, 0), SELF));
        }
        return intents;
    }

    private static List<String> texts(List<byte[]> rdata) {
        return rdata.stream().map(java.util.HexFormat.of()::formatHex).toList();
    }
}
