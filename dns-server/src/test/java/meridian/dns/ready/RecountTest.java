package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import meridian.dns.geo.Atlas;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Quorum;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import org.junit.jupiter.api.Test;

class RecountTest {

    private static final NodeId SELF = new NodeId("n1");
    private static final WatchKey FOREIGN = new WatchKey(7);

    /// Votes that come, turn, grow stale and abstain, verdicts that others tell, releases, a
    /// vantage that is retired and comes back.
    @Test
    void whatIsNewCountedIsAllCounted() {
        for (long seed = 0; seed < 60; seed++) {
            var draw = new Random(seed);
            var fleet = new RandomFleet(draw);
            Serving serving = Serving.of(fleet.topology(), RandomFleet.zones(), Atlas.EMPTY);
            var recount = new Recount(SELF);
            Tally tally = Tally.EMPTY;
            long seconds = 0;
            for (int step = 0; step < 150; step++) {
                seconds += draw.nextInt(10) == 0 ? draw.nextInt(400) : draw.nextInt(2);
                tally = heard(tally, serving, seconds, step, draw);
                Quorum quorum =
                        step / 20 % 3 == 2
                                ? serving.quorum().without(Set.of(SELF))
                                : serving.quorum();
                Tally counted = recount.counted(tally, serving, quorum, moment(seconds));
                assertThat(counted)
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(all(tally, serving, quorum, moment(seconds)));
                tally =
                        new Tally(
                                counted.ballots(),
                                tally.merged(counted.verdicts()).verdicts(),
                                counted.calmSince());
            }
        }
    }

    private static Tally all(Tally tally, Serving serving, Quorum quorum, Moment now) {
        return tally.counted(
                serving.watched().keys(),
                quorum,
                serving.topology().agreement(),
                now.nanos(),
                now.hybrid(),
                SELF);
    }

    private static Tally heard(Tally before, Serving serving, long seconds, int step, Random draw) {
        Tally tally = before;
        var keys = new ArrayList<>(new TreeSet<>(serving.watched().keys()));
        keys.add(FOREIGN);
        for (NodeId vantage : serving.quorum().vantages().keySet()) {
            if (draw.nextInt(3) == 0) continue;
            Tally.Ballot last = tally.ballots().get(vantage);
            Map<WatchKey, Opinion> opinions =
                    last == null ? new HashMap<>() : new HashMap<>(last.report().opinions());
            for (int turns = draw.nextInt(4); turns > 0; turns--)
                opinions.put(keys.get(draw.nextInt(keys.size())), opinion(seconds, step, draw));
            boolean abstains = draw.nextInt(20) == 0;
            tally = tally.heard(new Report(vantage, 1, step, abstains, opinions), nanos(seconds));
        }
        if (draw.nextInt(5) > 0) return tally;
        WatchKey told = keys.get(draw.nextInt(keys.size()));
        Health health = draw.nextBoolean() ? Health.UP : Health.DOWN;
        var stamp = new Stamp(new HybridTime(1_000 * seconds, step), new NodeId("n9"));
        return tally.merged(Map.of(told, new Verdict(health, stamp)));
    }

    private static Opinion opinion(long seconds, int step, Random draw) {
        Health health = List.of(Health.UP, Health.UP, Health.DOWN).get(draw.nextInt(3));
        return new Opinion(health, new HybridTime(1_000 * seconds, step), "");
    }

    private static Moment moment(long seconds) {
        return new Moment(
                nanos(seconds),
                new HybridTime(1_000 * seconds, 1_000),
                Instant.ofEpochSecond(seconds));
    }

    private static long nanos(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
