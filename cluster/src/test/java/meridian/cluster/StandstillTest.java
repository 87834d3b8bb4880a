package meridian.cluster;

import static meridian.cluster.Samples.A;
import static meridian.cluster.Samples.B;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import meridian.health.WatchKey;
import org.junit.jupiter.api.Test;

class StandstillTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Standstill standstill = new Standstill();

    @Test
    void whoRunsTakesMessagesForFresh() {
        for (long second = 0; second < 10; second++) {
            standstill.runs(second * SECOND);
            assertThat(standstill.arrival(second * SECOND + 5)).isEqualTo(second * SECOND + 5);
        }
    }

    @Test
    void whatIsReadAfterAStandstillMayHaveWaitedAllTheWhile() {
        standstill.runs(0);
        assertThat(standstill.arrival(30 * SECOND)).isZero();
        assertThat(standstill.arrival(31 * SECOND)).isZero();
        assertThat(standstill.arrival(32 * SECOND)).isEqualTo(32 * SECOND);
    }

    @Test
    void aStartIsNoStandstill() {
        assertThat(standstill.arrival(1000 * SECOND)).isEqualTo(1000 * SECOND);
    }

    /// It was suspended while a region was down for a moment, and would send everyone away from it
    /// on votes that its sockets had kept.
    @Test
    void aNodeThatIsThawedCountsNoVoteThatWaited() {
        var fleet = Fleet.of(A, B);
        fleet.beats(3);
        fleet.cut(B, A);
        fleet.ledger(B).sees(() -> Map.of(new WatchKey(7), Samples.down(5)));
        fleet.ledger(B).beat();
        byte[] waiting = fleet.beatsOf(B).getLast();
        fleet.pass(Duration.ofSeconds(30));

        fleet.deliver(waiting, A);
        assertThat(ageOfTheVote(fleet)).isGreaterThanOrEqualTo(Duration.ofSeconds(30));

        fleet.heal();
        fleet.beats(4);
        assertThat(ageOfTheVote(fleet)).isLessThan(Duration.ofSeconds(2));
    }

    private static Duration ageOfTheVote(Fleet fleet) {
        long arrived = Objects.requireNonNull(fleet.ledger(A).tally().ballots().get(B)).arrived();
        return Duration.ofNanos(fleet.nanos() - arrived);
    }
}
