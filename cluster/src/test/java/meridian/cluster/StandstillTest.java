package meridian.cluster;

import static meridian.cluster.Samples.A;
import static meridian.cluster.Samples.B;
import static meridian.cluster.Samples.C;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node that stands still for a while, and what it makes of what waited for it.
class StandstillTest {

    private static final WatchKey KEY = new WatchKey(7);

    private final Fleet fleet = Fleet.of(A, B, C);
    private final List<Health> followed = new ArrayList<>();

    @BeforeEach
    void allIsUp() {
        all(Health.UP);
        fleet.beats(3);
    }

    /// It was suspended while a region was down for a moment, and sent everyone away from it on
    /// votes and a verdict that its sockets had kept.
    @Test
    void aNodeThatIsThawedFollowsNothingThatHasTurnedBackSince() {
        fleet.freeze(A);
        all(Health.DOWN);
        fleet.beats(3);
        all(Health.UP);
        fleet.beats(2);

        thaw();
        assertThat(followed).doesNotContain(Health.DOWN);
        fleet.beats(2);
        assertThat(followed).doesNotContain(Health.DOWN);
        assertThat(ageOfTheVote()).isLessThan(Duration.ofSeconds(2));
    }

    /// The others give up a connection on which nothing comes, so that what waits in it is a story
    /// without its end; the end comes when they are connected again.
    @Test
    void noOldVoteIsCountedWhileTheNewOnesAreOnTheirWay() {
        fleet.freeze(A);
        all(Health.DOWN);
        fleet.beats(2);
        for (NodeId other : List.of(B, C)) fleet.cut(other, A);
        all(Health.UP);
        fleet.beats(2);

        thaw();
        fleet.beat();
        assertThat(followed).doesNotContain(Health.DOWN);
        fleet.heal();
        fleet.beats(2);
        assertThat(followed).doesNotContain(Health.DOWN);
        assertThat(verdictAt(A)).isEqualTo(Health.UP);
    }

    @Test
    void whatStillHoldsIsTakenAsSoonAsOneIsHeardWhoHearsAgain() throws IOException {
        fleet.freeze(A);
        all(Health.DOWN);
        fleet.ledger(B).put(Samples.drain("d1", Samples.stamp(9, B)));
        fleet.beats(5);

        thaw();
        assertThat(fleet.ledger(A).intents().entries()).isEmpty();
        fleet.ledger(A).beat();
        fleet.ledger(B).beat();
        assertThat(fleet.ledger(A).intents().entries()).containsOnlyKeys("d1");
        assertThat(verdictAt(A)).isEqualTo(Health.DOWN);
    }

    /// Where its own voice reaches nobody, nobody can show that he heard it.
    @Test
    void whoIsHeardByNobodyHearsThemAllTheSame() {
        fleet.freeze(A);
        fleet.beats(4);
        for (NodeId other : List.of(B, C)) fleet.cut(A, other);
        thaw();
        all(Health.DOWN);
        fleet.beats(4);
        assertThat(opinionAt(A)).isEqualTo(Health.DOWN);
    }

    @Test
    void aBeatThatIsALittleLateIsNoStandstill() {
        fleet.freeze(A);
        all(Health.DOWN);
        fleet.beat();
        thaw();
        assertThat(opinionAt(A)).isEqualTo(Health.DOWN);
    }

    private void thaw() {
        fleet.ledger(A)
                .onChange(
                        () -> {
                            followed.add(opinionAt(A));
                            followed.add(verdictAt(A));
                        });
        fleet.thaw(A);
    }

    /// B and C see it so from now on, and have counted it.
    private void all(Health health) {
        var time = new HybridTime(fleet.nanos() / 1_000_000, 0);
        var opinion = new Opinion(health, time, "");
        var verdict = new Verdict(health, new Stamp(time, C));
        for (NodeId node : List.of(B, C)) {
            fleet.ledger(node).sees(() -> Map.of(KEY, opinion));
            fleet.ledger(node).count(tally -> tally.merged(Map.of(KEY, verdict)));
        }
    }

    private Health verdictAt(NodeId node) {
        return fleet.ledger(node).tally().verdict(KEY).orElseThrow().health();
    }

    /// What B thinks, as far as the node knows.
    private Health opinionAt(NodeId node) {
        return Objects.requireNonNull(ballotAt(node).report().opinions().get(KEY)).health();
    }

    private Duration ageOfTheVote() {
        return Duration.ofNanos(fleet.nanos() - ballotAt(A).arrived());
    }

    private Tally.Ballot ballotAt(NodeId node) {
        return Objects.requireNonNull(fleet.ledger(node).tally().ballots().get(B));
    }
}
