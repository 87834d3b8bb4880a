package meridian.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntentsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final RegionId EU = new RegionId("eu-west");
    private static final RegionId US = new RegionId("us-east");
    private static final ServiceId SHOP = new ServiceId("shop");
    private static final ServiceId MAIL = new ServiceId("mail");

    private final Drain drain = drain("d1", EU, Optional.empty(), Optional.of(after(2)));
    private final Intents drained = Intents.NONE.with(drain, stamp(0, "a"));

    @Test
    void aDrainHoldsUntilExactlyItsEnd() {
        assertThat(drained.drained(EU, SHOP, NOON)).isPresent();
        assertThat(drained.drained(EU, SHOP, after(2).minusNanos(1))).isPresent();
        assertThat(drained.drained(EU, SHOP, after(2))).isEmpty();
        assertThat(drained.drains(after(2))).isEmpty();
    }

    /// The clock of the node that was asked may be ahead of ours.
    @Test
    void aDrainThatBeginsLaterByAnotherClockHoldsAtOnce() {
        assertThat(drained.drained(EU, SHOP, NOON.minusSeconds(3600))).isPresent();
    }

    @Test
    void aDrainCoversItsRegionAndServiceOnly() {
        Intents one =
                Intents.NONE.with(
                        drain("d", EU, Optional.of(SHOP), Optional.empty()), stamp(0, "a"));
        assertThat(one.drained(EU, SHOP, NOON)).isPresent();
        assertThat(one.drained(EU, MAIL, NOON)).isEmpty();
        assertThat(one.drained(US, SHOP, NOON)).isEmpty();
        assertThat(one.drained(EU, SHOP, NOON.plus(Duration.ofDays(4000)))).isPresent();
    }

    @Test
    void endingADrainEndsItAtOnce() {
        Intents ended = drained.ended("d1", "ann", after(1), stamp(1, "b"));
        assertThat(ended.drained(EU, SHOP, NOON)).isEmpty();
        assertThat(drained.ended("other", "ann", after(1), stamp(1, "b"))).isEqualTo(drained);
    }

    @Test
    void aDrainIsEndedOnce() {
        Intents ended = drained.ended("d1", "ann", after(1), stamp(1, "b"));
        assertThat(ended.ended("d1", "bob", after(2), stamp(2, "a"))).isEqualTo(ended);
    }

    /// Else the operator is told that it is ended, and it is not.
    @Test
    void aDrainIsEndedByAnOlderClockToo() {
        Intents ended = drained.ended("d1", "ann", NOON, stamp(-3600, "a"));
        assertThat(ended.drained(EU, SHOP, NOON)).isEmpty();
        assertThat(drained.merged(ended)).isEqualTo(ended);
    }

    @Test
    void aTombstoneOutlivesADrainThatIsDeliveredAgain() {
        Intents ended = drained.ended("d1", "ann", after(1), stamp(1, "b"));
        assertThat(ended.merged(drained)).isEqualTo(ended);
        assertThat(ended.with(drain, stamp(0, "a"))).isEqualTo(ended);
        assertThat(ended.swept(after(1).plus(Intents.TOMBSTONES_KEPT)).merged(drained))
                .isEqualTo(ended);
    }

    @Test
    void whatIsOverIsKeptForThirtyDaysExactly() {
        Intents ended = drained.ended("d1", "ann", after(1), stamp(1, "b"));
        Instant last = after(1).plus(Intents.TOMBSTONES_KEPT);
        assertThat(ended.swept(last)).isEqualTo(ended);
        assertThat(ended.swept(last.plusNanos(1))).isEqualTo(Intents.NONE);
        Instant lastOfItself = after(2).plus(Intents.TOMBSTONES_KEPT);
        assertThat(drained.swept(lastOfItself)).isEqualTo(drained);
        assertThat(drained.swept(lastOfItself.plusNanos(1))).isEqualTo(Intents.NONE);
    }

    @Test
    void whatStandsIsNeverSweptHoweverOld() {
        Intents forEver =
                Intents.NONE.with(
                        drain("d", EU, Optional.empty(), Optional.empty()), stamp(0, "a"));
        assertThat(forEver.swept(NOON.plus(Duration.ofDays(40_000)))).isEqualTo(forEver);
    }

    @Test
    void anEndAtTheEndOfTimeIsNoReasonToFail() {
        Intents endless =
                Intents.NONE.with(
                        drain("d", EU, Optional.empty(), Optional.of(Instant.MAX)), stamp(0, "a"));
        assertThat(endless.swept(NOON)).isEqualTo(endless);
    }

    /// Its node's clock stands in 1970; by that alone the others would sweep the tombstone at once,
    /// and the drain could come back.
    @Test
    void aTombstoneIsKeptThoughTheClockOfWhoMadeItIsBehind() {
        Intents ended = drained.ended("d1", "ann", Instant.EPOCH, stamp(1, "b"));
        assertThat(ended.swept(NOON.plus(Duration.ofDays(29)))).isEqualTo(ended);
        assertThat(ended.swept(NOON.plus(Duration.ofDays(31)))).isEqualTo(Intents.NONE);
    }

    @Test
    void theDrainsThatStandAreListedTheOldestFirst() {
        Intents three =
                drained.with(
                                drain("d2", US, Optional.empty(), Optional.of(after(1))),
                                stamp(1, "a"))
                        .with(drain("d3", US, Optional.of(SHOP), Optional.empty()), stamp(2, "a"));
        assertThat(three.drains(NOON)).extracting(Drain::id).containsExactly("d1", "d2", "d3");
        assertThat(three.newest()).isEqualTo(stamp(2, "a").time());
    }

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    /// Three nodes that take wishes and hear of each other's in any order.
    @ParameterizedTest
    @MethodSource("seeds")
    void mergingIsCommutativeAssociativeAndIdempotent(int seed) {
        var random = new Random(seed);
        List<Intents> nodes = histories(random);
        Intents a = nodes.get(0);
        Intents b = nodes.get(1);
        Intents c = nodes.get(2);
        assertThat(a.merged(b)).as("seed %d", seed).isEqualTo(b.merged(a));
        assertThat(a.merged(b).merged(c)).isEqualTo(a.merged(b.merged(c)));
        assertThat(a.merged(a)).isEqualTo(a);
        assertThat(a.merged(b).merged(b)).isEqualTo(a.merged(b));
    }

    private static List<Intents> histories(Random random) {
        var nodes = new ArrayList<>(List.of(Intents.NONE, Intents.NONE, Intents.NONE));
        for (int step = 0; step < 200; step++) {
            int one = random.nextInt(3);
            Intents known = nodes.get(one);
            // Clocks are wrong, and two processes may go by one name, so stamps may be equal.
            Stamp stamp = stamp(random.nextInt(20), "n" + random.nextInt(2));
            String id = "d" + random.nextInt(8);
            nodes.set(
                    one,
                    switch (random.nextInt(4)) {
                        case 0 ->
                                known.with(
                                        drain(id, EU, Optional.empty(), Optional.empty()), stamp);
                        case 1 -> known.ended(id, "ann", NOON, stamp);
                        default -> known.merged(nodes.get(random.nextInt(3)));
                    });
        }
        return nodes;
    }

    @Test
    void anIntentThatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> drain(" ", EU, Optional.empty(), Optional.empty()))
                .withMessage("an intent's id \" \" is not of 1 to 64 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> drain("d", EU, Optional.empty(), Optional.of(NOON)))
                .withMessage(
                        "what begins at 2026-11-22T12:00:00Z cannot end at 2026-11-22T12:00:00Z");
        for (String reason : List.of("", " ", "x".repeat(501))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Origin("d", "ann", reason, NOON, Optional.empty()))
                    .withMessage("an intent needs a reason of 1 to 500 characters");
        }
    }

    private static Drain drain(
            String id, RegionId region, Optional<ServiceId> service, Optional<Instant> end) {
        return new Drain(
                new Origin(id, "ann", "kernel upgrade", NOON, end),
                new Scope(region, service),
                false);
    }

    private static Instant after(int hours) {
        return NOON.plus(Duration.ofHours(hours));
    }

    private static Stamp stamp(int seconds, String node) {
        return new Stamp(
                new HybridTime(NOON.plusSeconds(seconds).toEpochMilli(), 0), new NodeId(node));
    }
}
