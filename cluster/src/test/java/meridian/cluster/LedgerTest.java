package meridian.cluster;

import static meridian.cluster.Samples.A;
import static meridian.cluster.Samples.B;
import static meridian.cluster.Samples.C;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final WatchKey KEY = new WatchKey(7);

    @Test
    void aDrainPutOnOneNodeIsOnAllAndEachSaysSo() throws IOException {
        var fleet = Fleet.of(A, B, C);
        fleet.beats(2);

        fleet.ledger(A).put(Samples.drain("d1", stamp(fleet, A)));
        assertThat(fleet.ledger(A).holders("d1")).isEmpty();
        fleet.ledger(A).beat();
        assertThat(fleet.ledger(B).intents()).isEqualTo(fleet.ledger(A).intents());
        assertThat(fleet.ledger(C).intents()).isEqualTo(fleet.ledger(A).intents());

        fleet.beat();
        fleet.beat();
        assertThat(fleet.ledger(A).holders("d1")).containsExactlyInAnyOrder(B, C);
    }

    @Test
    void whoIsAskedBeatsAtOnce() {
        var fleet = Fleet.of(A, B);
        var beats = new AtomicInteger();
        fleet.ledger(A)
                .pacedBy(
                        new Rhythm() {
                            @Override
                            public void beatNow() {
                                beats.incrementAndGet();
                            }
                        });
        fleet.ask(A);
        assertThat(beats).hasValue(1);
    }

    /// A node says that it holds a drain once it is on its disk, not before.
    @Test
    void heardIsNotHeld() throws IOException {
        var fleet = Fleet.of(A, B);
        fleet.beats(2);
        fleet.ledger(A).put(Samples.drain("d1", stamp(fleet, A)));
        fleet.ledger(A).beat();

        fleet.ledger(B).beat();
        assertThat(fleet.ledger(A).holders("d1")).isEmpty();
        fleet.ledger(B).save();
        fleet.ledger(B).beat();
        assertThat(fleet.ledger(A).holders("d1")).containsExactly(B);
    }

    @Test
    void aDrainSurvivesARestartOfEveryNode() throws IOException {
        var fleet = Fleet.of(A, B, C);
        fleet.beats(2);
        fleet.ledger(A).put(Samples.drain("d1", stamp(fleet, A)));
        fleet.beat();
        for (NodeId node : List.of(A, B, C)) fleet.stop(node);

        assertThat(fleet.start(B).intents().entries()).containsOnlyKeys("d1");
        assertThat(fleet.start(C).intents().entries()).containsOnlyKeys("d1");
    }

    @Test
    void aNodeThatWasAwayCatchesUpWithItsFirstBeat() throws IOException {
        var fleet = Fleet.of(A, B, C);
        fleet.ledger(A).sees(() -> Map.of(KEY, Samples.down(5)));
        fleet.beats(2);
        fleet.stop(C);
        fleet.ledger(A).put(Samples.drain("d1", stamp(fleet, A)));
        fleet.ledger(B).count(_ -> verdict(KEY, Health.DOWN, stamp(fleet, A)));
        fleet.beats(5);

        Ledger back = fleet.start(C);
        fleet.beat();
        fleet.ledger(A).beat();
        assertThat(back.intents()).isEqualTo(fleet.ledger(A).intents());
        assertThat(back.tally().verdict(KEY)).isEqualTo(fleet.ledger(B).tally().verdict(KEY));
        assertThat(back.tally().ballots()).containsKeys(A, B, C);
    }

    @Test
    void aOneWayCutHealsThroughTheThirdNode() {
        var fleet = Fleet.of(A, B, C);
        fleet.beats(3);
        fleet.cut(A, B);
        fleet.ledger(A).sees(() -> Map.of(KEY, Samples.down(5)));

        fleet.beats(3);
        assertThat(opinion(fleet, B, A)).isEqualTo(Samples.down(5));
        // And it does not grow stale as long as the cut lasts.
        for (int i = 0; i < 20; i++) {
            fleet.beat();
            assertThat(age(fleet, B, A)).isLessThanOrEqualTo(Duration.ofSeconds(3));
        }
        assertThat(fleet.ledger(B).peers().get(A)).matches(peer -> !peer.isHeard());
    }

    /// Passing a report on makes it no younger: a vote of a vantage that died long ago must not
    /// count on a node that starts today.
    @Test
    void whatADeadVantageSaidIsNotPassedOnAsFresh() {
        var fleet = Fleet.of(A, B);
        fleet.ledger(A).sees(() -> Map.of(KEY, Samples.down(5)));
        fleet.beats(3);
        fleet.stop(A);
        fleet.beats(4);
        fleet.start(C);
        fleet.beats(5);

        assertThat(fleet.ledger(B).tally().ballots()).containsKey(A);
        assertThat(fleet.ledger(C).tally().ballots()).doesNotContainKey(A);
    }

    @Test
    void aReportPassedOnIsAsOldAsItIs() {
        var fleet = Fleet.of(A, B, C);
        fleet.beats(3);
        fleet.cut(A, B);
        for (int i = 0; i < 5; i++) {
            fleet.beat();
            assertThat(age(fleet, B, A)).isGreaterThanOrEqualTo(age(fleet, C, A));
        }
    }

    @Test
    void whereEveryLinkOfTwoNodesIsCutTheThirdCarriesEverything() throws IOException {
        var fleet = Fleet.of(A, B, C);
        fleet.beats(3);
        fleet.cut(A, B);
        fleet.cut(B, A);
        fleet.ledger(A).put(Samples.drain("d1", stamp(fleet, A)));
        fleet.beats(6);
        fleet.ledger(B).put(Samples.drain("d2", stamp(fleet, B)));
        fleet.beats(6);

        assertThat(fleet.ledger(A).intents().entries()).containsOnlyKeys("d1", "d2");
        assertThat(fleet.ledger(B).intents()).isEqualTo(fleet.ledger(A).intents());
        assertThat(age(fleet, A, B)).isLessThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void twoBeatsAfterLinksAreBackAllHoldTheSame() throws IOException {
        var fleet = Fleet.of(A, B, C);
        fleet.ledger(A).sees(() -> Map.of(KEY, Samples.down(5)));
        fleet.beats(3);
        for (NodeId other : List.of(A, B)) {
            fleet.cut(other, C);
            fleet.cut(C, other);
        }
        fleet.ledger(A).put(Samples.drain("d1", stamp(fleet, A)));
        fleet.ledger(C).put(Samples.drain("d2", stamp(fleet, C)));
        fleet.ledger(B).count(_ -> verdict(KEY, Health.DOWN, stamp(fleet, A)));
        fleet.beats(20);
        assertThat(fleet.ledger(C).intents().entries()).containsOnlyKeys("d2");

        fleet.heal();
        fleet.beats(2);
        for (NodeId node : List.of(A, B, C)) {
            Ledger ledger = fleet.ledger(node);
            assertThat(ledger.intents().entries()).containsOnlyKeys("d1", "d2");
            assertThat(ledger.tally().verdicts()).containsOnlyKeys(KEY);
            assertThat(ledger.tally().ballots()).containsKeys(A, B, C);
        }
    }

    @Test
    void aCalmFleetSendsBeatsAndNothingElse() throws IOException {
        var fleet = Fleet.of(A, B, C);
        fleet.ledger(A).put(Samples.drain("d1", stamp(fleet, A)));
        fleet.beats(5);
        fleet.sent.clear();

        fleet.beats(10);
        assertThat(fleet.supplements()).isZero();
        assertThat(fleet.sent).hasSize(10 * 3 * 2);
    }

    @Test
    void ofManyThatCouldAnswerOneDoes() throws IOException {
        var nodes = new ArrayList<NodeId>();
        for (int i = 10; i < 20; i++) nodes.add(new NodeId("n" + i));
        var fleet = Fleet.of(nodes.toArray(NodeId[]::new));
        fleet.ledger(nodes.get(5)).put(Samples.drain("d1", stamp(fleet, A)));
        fleet.beats(5);
        fleet.start(A, StateStore.inMemory(), "c1");
        fleet.sent.clear();

        fleet.ledger(A).beat();
        nodes.forEach(node -> fleet.ledger(node).beat());
        assertThat(fleet.ledger(A).intents().entries()).containsOnlyKeys("d1");
        List<NodeId> answering =
                fleet.sent.stream()
                        .filter(Fleet.Sent::isSupplement)
                        .map(Fleet.Sent::from)
                        .distinct()
                        .toList();
        assertThat(answering).containsExactly(nodes.getFirst());
    }

    @Test
    void fiveThousandVerdictsAndHundredsOfDrainsReachANodeThatHasNone() throws IOException {
        var fleet = Fleet.of(A, B);
        var opinions = new HashMap<WatchKey, Opinion>();
        var verdicts = new HashMap<WatchKey, Verdict>();
        for (int i = 0; i < 5_000; i++) {
            var key = new WatchKey(i * 0x9e3779b97f4a7c15L);
            opinions.put(key, Samples.down(i));
            verdicts.put(key, new Verdict(Health.DOWN, Samples.stamp(i, A)));
        }
        fleet.ledger(A).sees(() -> opinions);
        fleet.ledger(A).count(_ -> new Tally(Map.of(), verdicts, Map.of()));
        for (int i = 0; i < 300; i++) fleet.ledger(A).put(Samples.drain("d" + i, stamp(fleet, A)));
        fleet.beats(2);

        fleet.start(C);
        fleet.beats(2);
        assertThat(fleet.ledger(C).tally().verdicts()).isEqualTo(verdicts);
        assertThat(fleet.ledger(C).intents()).isEqualTo(fleet.ledger(A).intents());
        assertThat(fleet.sent).allMatch(it -> it.message().length < 300_000);
    }

    @Test
    void whatWasHeardBeforeIsDroppedAndCounted() {
        var fleet = Fleet.of(A, B);
        fleet.beats(3);
        byte[] old = fleet.beatsOf(A).getFirst();
        byte[] newest = fleet.beatsOf(A).getLast();

        fleet.deliver(old, B);
        fleet.deliver(newest, B);
        fleet.deliver(newest, A);
        assertThat(fleet.ledger(B).refused()).containsEntry(Refusal.REPLAYED, 2L);
        assertThat(fleet.ledger(A).refused()).containsEntry(Refusal.REPLAYED, 1L);
        assertThat(fleet.ledger(A).alarms()).isEmpty();
    }

    @Test
    void whatWasHeardBeforeARestartIsOldAfterIt() {
        var fleet = Fleet.of(A, B);
        fleet.beats(2);
        byte[] old = fleet.beatsOf(A).getFirst();
        fleet.stop(A);
        fleet.pass(Duration.ofSeconds(1));
        fleet.start(A);
        fleet.beats(2);
        fleet.stop(B);

        fleet.start(B);
        fleet.deliver(old, B);
        assertThat(fleet.ledger(B).refused()).containsEntry(Refusal.REPLAYED, 1L);
    }

    @Test
    void strangersAndNoiseAreCounted() {
        var fleet = Fleet.of(A, B);
        fleet.deliver("hello".getBytes(StandardCharsets.UTF_8), A);
        fleet.deliver(new byte[MessageCodec.MAX_BYTES + 1], A);
        assertThat(fleet.ledger(A).refused())
                .containsEntry(Refusal.FORGED, 1L)
                .containsEntry(Refusal.TOO_LARGE, 1L)
                .containsEntry(Refusal.REPLAYED, 0L);
    }

    /// The disk is lost and the clock is set back: the others still listen.
    @Test
    void aNodeThatForgotItsIncarnationIsHeardAgain() {
        var fleet = Fleet.of(A, B);
        fleet.beats(2);
        fleet.stop(A);
        fleet.setWall(Samples.NOON.minus(Duration.ofDays(1)));
        fleet.start(A, StateStore.inMemory(), "c1").sees(() -> Map.of(KEY, Samples.down(5)));

        fleet.beats(3);
        assertThat(opinion(fleet, B, A)).isEqualTo(Samples.down(5));
    }

    /// As above, and the others have started since too: they have no report of it that would tell
    /// it.
    @Test
    void aNodeThatForgotItsIncarnationIsHeardByThoseThatHaveStartedSince() {
        var fleet = Fleet.of(A, B, C);
        fleet.beats(2);
        for (NodeId node : List.of(A, B, C)) fleet.stop(node);
        fleet.setWall(Samples.NOON.minus(Duration.ofHours(1)));

        fleet.start(A, StateStore.inMemory(), "c1");
        fleet.start(B);
        fleet.start(C);
        fleet.beats(3);
        assertThat(fleet.ledger(B).peers()).containsOnlyKeys(A, C);
        assertThat(fleet.ledger(C).tally().ballots()).containsOnlyKeys(A, B, C);
    }

    @Test
    void twoLiveProcessesUnderOneNameAreAnAlarmUntilOneStops() {
        var fleet = Fleet.of(A, B);
        fleet.beats(2);
        Ledger first = fleet.ledger(A);
        fleet.start(A, StateStore.inMemory(), "c1");
        // The links know the second one only, so what the first says is carried by hand.
        for (int i = 0; i < 4; i++) {
            fleet.beat();
            first.beat();
            fleet.deliver(fleet.beatsOf(A).getLast(), A);
        }
        assertThat(fleet.ledger(A).alarms()).contains(new Alarm.TwoOfOne(A));
        assertThat(fleet.ledger(A).alarms().getFirst().text())
                .startsWith("two processes run as node a");
        assertThat(fleet.ledger(B).alarms()).contains(new Alarm.TwoOfOne(A));

        fleet.beats(15);
        assertThat(fleet.ledger(A).alarms()).isEmpty();
        assertThat(fleet.ledger(B).alarms()).isEmpty();
    }

    @Test
    void anotherConfigurationIsAnAlarmThatNamesTheNode() {
        var fleet = Fleet.of(A, B);
        fleet.start(C, StateStore.inMemory(), "c2");
        fleet.beat();
        assertThat(fleet.ledger(A).alarms())
                .containsExactly(new Alarm.OtherConfiguration(C, "c2", "c1"));
        fleet.ledger(C).runs("c1");
        fleet.beat();
        assertThat(fleet.ledger(A).alarms()).isEmpty();
    }

    @Test
    void listenersHearOfChangesOnly() throws IOException {
        var fleet = Fleet.of(A, B);
        fleet.ledger(B).sees(() -> Map.of(KEY, Samples.down(5)));
        fleet.beats(2);
        var told = new AtomicInteger();
        fleet.ledger(A).onChange(told::incrementAndGet);

        fleet.beats(5);
        assertThat(told).hasValue(0);
        fleet.ledger(B).sees(() -> Map.of(KEY, Samples.down(6)));
        fleet.beat();
        assertThat(told).hasValue(1);
        fleet.ledger(A).put(Samples.drain("d1", stamp(fleet, A)));
        assertThat(told).hasValue(2);
    }

    private static Stamp stamp(Fleet fleet, NodeId node) {
        return Samples.stamp(fleet.nanos() / 1_000_000, node);
    }

    private static Tally verdict(WatchKey key, Health health, Stamp stamp) {
        return new Tally(Map.of(), Map.of(key, new Verdict(health, stamp)), Map.of());
    }

    private static Opinion opinion(Fleet fleet, NodeId at, NodeId of) {
        return Objects.requireNonNull(ballot(fleet, at, of).report().opinions().get(KEY));
    }

    private static Duration age(Fleet fleet, NodeId at, NodeId of) {
        return Duration.ofNanos(fleet.nanos() - ballot(fleet, at, of).arrived());
    }

    private static Tally.Ballot ballot(Fleet fleet, NodeId at, NodeId of) {
        return Objects.requireNonNull(fleet.ledger(at).tally().ballots().get(of));
    }
}
