package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.intent.Confirmation;
import meridian.intent.Drain;
import meridian.intent.Intents;
import meridian.intent.Origin;
import meridian.intent.Scope;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;
import org.junit.jupiter.api.Test;

/// A keeper keeps what is the same from one step to the next: states, plans and records. What it
/// comes to must be what one comes to that has seen nothing before.
class KeptStatesTest {

    private static final NodeId SELF = new NodeId("n1");

    @Test
    void whatIsKeptIsWhatWouldBeMadeAnew() {
        for (long seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var fleet = new RandomFleet(random);
            Serving serving = Serving.of(fleet.topology(), RandomFleet.zones(), fleet.atlas());
            var keeper = new SnapshotKeeper(SELF, serving);
            Tally tally = Tally.EMPTY;
            Intents intents = Intents.NONE;
            for (int step = 1; step < 40; step++) {
                if (random.nextBoolean()) tally = turned(tally, serving, random, step);
                if (random.nextInt(3) == 0) intents = asked(intents, serving, random, step);
                Edition kept = keeper.step(tally, intents, moment(step)).edition();
                Edition anew =
                        new SnapshotKeeper(SELF, serving)
                                .step(tally, intents, moment(step))
                                .edition();
                assertSame(kept, anew, random, "seed " + seed + ", step " + step);
            }
        }
    }

    /// But for ramps, which only who has seen a region return can know.
    private static void assertSame(Edition kept, Edition anew, Random random, String when) {
        for (int i = 0; i < anew.states().size(); i++) {
            if (anew.states().get(i).service().comeback().ramp().isPositive()) continue;
            assertThat(kept.states().get(i)).as(when).isEqualTo(anew.states().get(i));
            ReadyService ready = kept.answers().service(i);
            for (RecordType type : anew.states().get(i).service().types()) {
                assertThat(kept.reasons(i, type)).as(when).isEqualTo(anew.reasons(i, type));
                assertThat(kept.answered(i, type)).as(when).isEqualTo(anew.answered(i, type));
                long draw = random.nextLong();
                for (int one = 0; one < ready.classes().count(); one++) {
                    assertThat(ready.rrset(DomainName.ROOT, type, one, draw))
                            .as(when)
                            .isEqualTo(
                                    anew.answers()
                                            .service(i)
                                            .rrset(DomainName.ROOT, type, one, draw));
                }
            }
        }
    }

    private static Tally turned(Tally tally, Serving serving, Random random, int step) {
        var keys = new ArrayList<>(new TreeSet<>(serving.watched().keys()));
        if (keys.isEmpty()) return tally;
        Health health = random.nextBoolean() ? Health.UP : Health.DOWN;
        var verdict = new Verdict(health, stamp(step));
        return tally.merged(Map.of(keys.get(random.nextInt(keys.size())), verdict));
    }

    /// A drain or a confirmation, of all services or of one; or the end of one.
    private static Intents asked(Intents intents, Serving serving, Random random, int step) {
        if (random.nextInt(3) == 0 && !intents.entries().isEmpty()) {
            var ids = List.copyOf(new TreeSet<>(intents.entries().keySet()));
            return intents.ended(
                    ids.get(random.nextInt(ids.size())),
                    "ann",
                    Instant.ofEpochSecond(step),
                    stamp(step));
        }
        var regions = List.copyOf(serving.topology().regions().keySet());
        var services = List.copyOf(serving.topology().services().keySet());
        RegionId region = regions.get(random.nextInt(regions.size()));
        Optional<ServiceId> service =
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(services.get(random.nextInt(services.size())));
        Optional<Instant> end =
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochSecond(step + 1 + random.nextInt(9)));
        var origin = new Origin("i" + step, "ann", "test", Instant.ofEpochSecond(step), end);
        var scope = new Scope(region, service);
        return random.nextInt(4) == 0
                ? intents.with(new Confirmation(origin, scope), stamp(step))
                : intents.with(new Drain(origin, scope, true), stamp(step));
    }

    private static Stamp stamp(int step) {
        return new Stamp(new HybridTime(step * 1000L, 0), SELF);
    }

    private static Moment moment(int step) {
        return new Moment(
                step * 1_000_000_000L,
                new HybridTime(step * 1000L, 0),
                Instant.ofEpochSecond(step));
    }
}
