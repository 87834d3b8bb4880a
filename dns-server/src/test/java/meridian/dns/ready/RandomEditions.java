package meridian.dns.ready;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import meridian.dns.Snapshot;
import meridian.dns.SteeredAnswers;
import meridian.dns.signed.Signing;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;

/// Editions of a random fleet and random zones, one after the other.
public final class RandomEditions {

    private static final NodeId SELF = new NodeId("n1");

    private final Random random;
    private final RandomFleet fleet;
    private final RandomZones zones;
    private final Signing signing;
    private final Set<DomainName> moving;
    private final SnapshotKeeper keeper;
    private Serving serving;
    private Tally tally = Tally.EMPTY;
    private int second;

    /// @param moving the zones whose serial moves
    public RandomEditions(Random random, Signing signing, Set<DomainName> moving) {
        this.random = random;
        this.fleet = new RandomFleet(random);
        this.zones = new RandomZones(random);
        this.signing = signing;
        this.moving = moving;
        this.serving = serving();
        this.keeper = new SnapshotKeeper(SELF, serving);
    }

    private Serving serving() {
        return Serving.of(
                fleet.topology(),
                zones.contents(),
                fleet.atlas(),
                signing,
                moving,
                PolicyClasses.NONE);
    }

    /// With some verdicts other than in the one before.
    public Edition turned() {
        var verdicts = new HashMap<WatchKey, Verdict>(tally.verdicts());
        for (WatchKey key : serving.keys().stream().sorted().toList()) {
            if (random.nextInt(4) > 0) continue;
            Health health = List.of(Health.values()).get(random.nextInt(3));
            verdicts.remove(key);
            if (health != Health.UNKNOWN)
                verdicts.put(key, new Verdict(health, new Stamp(new HybridTime(second, 0), SELF)));
        }
        tally = new Tally(Map.of(), verdicts, Map.of());
        return same();
    }

    /// With other zone files.
    public Edition reread() {
        serving = serving();
        keeper.serve(serving);
        return same();
    }

    /// With these SOAs.
    public Edition showing(Map<DomainName, RRset> soas) {
        keeper.show(soas);
        return same();
    }

    /// A second later.
    public Edition same() {
        var moment =
                new Moment(
                        second * 1_000_000_000L,
                        new HybridTime(second * 1000L, 0),
                        Instant.ofEpochSecond(second));
        second++;
        return keeper.step(tally, Intents.NONE, moment).edition();
    }

    /// One that meets a defect wherever a steered name of a zone is answered.
    public static Edition broken(Edition of, DomainName apex) {
        Snapshot whole = of.snapshot();
        SteeredAnswers answers =
                (name, type, client, draw) -> {
                    if (name.owner().isAtOrBelow(apex)) throw new IllegalStateException("a test");
                    return whole.steered().answer(name, type, client, draw);
                };
        return new Edition(
                of.number(),
                of.published(),
                new Snapshot(whole.zones(), answers),
                of.serving(),
                of.quorum(),
                of.states(),
                of.verdicts());
    }
}
