package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Confirmation;
import meridian.intent.Drain;
import meridian.intent.Freeze;
import meridian.intent.Intent;
import meridian.intent.Intents;
import meridian.intent.Origin;
import meridian.intent.Scope;
import meridian.record.RecordType;
import meridian.steering.Explanation;
import meridian.steering.Reason;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.AllDown;
import meridian.topology.Destination;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Over random fleets, verdicts, guards, drains, confirmations, freezes and draws.
class NeverEmptyTest {

    private static final NodeId SELF = new NodeId("n1");

    static IntStream seeds() {
        return IntStream.range(1000, 1060);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anAnswerIsEmptyOnlyWhereTheConfigurationAsksForIt(int seed) {
        var random = new Random(seed);
        var fleet = new RandomFleet(random);
        Topology topology = fleet.topology();
        var serving = Serving.of(topology, RandomFleet.zones(), fleet.atlas());
        var keeper = new SnapshotKeeper(SELF, serving);
        Intents intents = Intents.NONE;
        for (int second = 1; second < 12; second++) {
            intents = asked(intents, topology, random, second);
            Edition edition =
                    keeper.step(tally(serving, random), intents, moment(second)).edition();
            for (Service service : topology.services().values()) {
                for (RecordType type : service.types()) {
                    var address = fleet.address();
                    var client = new Network(address, address.getAddress().length * 8);
                    Explanation explained =
                            Explainer.explain(
                                            edition,
                                            service.names().getFirst(),
                                            type,
                                            client,
                                            random.nextLong())
                                    .orElseThrow();
                    if (asksForNothing(explained)) continue;
                    assertThat(explained.choice().endpoints())
                            .as("seed %d, second %d, %s %s", seed, second, service.id(), type)
                            .isNotEmpty();
                }
            }
        }
    }

    /// A fence without the type, or an `all-down` that has none of it where nothing else is left.
    private static boolean asksForNothing(Explanation explained) {
        if (explained.candidates().isEmpty()) return true;
        boolean nothingElse =
                explained.candidates().stream()
                        .filter(candidate -> !candidate.pool().drained())
                        .allMatch(
                                candidate ->
                                        !candidate.held()
                                                && candidate.pool().health(explained.type())
                                                        == Health.DOWN);
        return explained.plan().reason() == Reason.NO_DATA
                && nothingElse
                && !has(explained.service().allDown(), explained.type());
    }

    private static boolean has(AllDown allDown, RecordType type) {
        return switch (allDown) {
            case AllDown.FailOpen(), AllDown.LastGood() -> true;
            case AllDown.NoData() -> false;
            case AllDown.Addresses(var addresses) ->
                    addresses.stream()
                            .anyMatch(one -> new Destination.Address(one).type().equals(type));
            case AllDown.Alias _ -> type.equals(RecordType.CNAME);
        };
    }

    private static Intents asked(Intents before, Topology topology, Random random, int second) {
        var stamp = new Stamp(new HybridTime(second * 1000L, 0), SELF);
        List<RegionId> regions = List.copyOf(topology.regions().keySet());
        var scope = new Scope(regions.get(random.nextInt(regions.size())), Optional.empty());
        var end = Optional.of(moment(second).wall().plusSeconds(1 + random.nextInt(9)));
        var origin = new Origin("i-" + second, "ann", "test", moment(second).wall(), end);
        Intent intent =
                switch (random.nextInt(4)) {
                    case 0 -> new Freeze(origin);
                    case 1 -> new Confirmation(origin, scope);
                    default -> new Drain(origin, scope, true);
                };
        return before.with(intent, stamp);
    }

    private static Tally tally(Serving serving, Random random) {
        var verdicts = new HashMap<WatchKey, Verdict>();
        int gloom = random.nextInt(4);
        for (WatchKey key : serving.keys().stream().sorted().toList()) {
            var stamp = new Stamp(new HybridTime(random.nextInt(12_000), 0), SELF);
            int die = random.nextInt(4);
            if (die < gloom) verdicts.put(key, new Verdict(Health.DOWN, stamp));
            else if (die < 3) verdicts.put(key, new Verdict(Health.UP, stamp));
        }
        return new Tally(Map.of(), verdicts, Map.of());
    }

    private static Moment moment(int second) {
        return new Moment(
                second * 1_000_000_000L,
                new HybridTime(second * 1000L, 0),
                Instant.ofEpochSecond(second));
    }
}
