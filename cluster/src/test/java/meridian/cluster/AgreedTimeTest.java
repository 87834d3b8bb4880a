package meridian.cluster;

import static meridian.cluster.Samples.A;
import static meridian.cluster.Samples.B;
import static meridian.cluster.Samples.C;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import meridian.topology.NodeId;
import org.junit.jupiter.api.Test;

class AgreedTimeTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NONE = Duration.ZERO;

    @Test
    void oneClockAmongThreeThatIsAnHourWrongMovesNobody() {
        assertThat(AgreedTime.of(List.of(NONE, NONE, HOUR), NONE)).isEqualTo(NONE);
        assertThat(AgreedTime.of(List.of(NONE, NONE, HOUR.negated()), NONE)).isEqualTo(NONE);
    }

    @Test
    void aNodeWhoseOwnClockIsWrongGoesByTheOthers() {
        assertThat(AgreedTime.of(List.of(NONE, HOUR, HOUR), NONE)).isEqualTo(HOUR);
    }

    @Test
    void ofTwoTheOneBehindIsTaken() {
        assertThat(AgreedTime.of(List.of(NONE, HOUR), NONE)).isEqualTo(NONE);
        assertThat(AgreedTime.of(List.of(NONE, HOUR.negated()), NONE)).isEqualTo(HOUR.negated());
    }

    @Test
    void aMessagesWayMakesNoClockTremble() {
        List<Duration> late = List.of(NONE, Duration.ofMillis(-120), Duration.ofMillis(-300));
        assertThat(AgreedTime.of(late, NONE)).isEqualTo(NONE);
        List<Duration> hour = List.of(NONE, HOUR.minusMillis(120), HOUR.minusMillis(300));
        assertThat(AgreedTime.of(hour, HOUR)).isEqualTo(HOUR);
    }

    @Test
    void aClockThatJumpsMovesNothingOnItsOwnNodeEither() {
        for (Duration jump : List.of(HOUR, HOUR.negated())) {
            var fleet = Fleet.of(A, B, C);
            fleet.beats(2);
            fleet.skew(C, jump);
            assertThat(fleet.ledger(C).clock().wall()).isEqualTo(fleet.wall());
            fleet.beats(1);
            assertThat(fleet.ledger(C).clock().wall()).isEqualTo(fleet.wall());
            fleet.skew(C, NONE);
            assertThat(fleet.ledger(C).clock().wall()).isEqualTo(fleet.wall());
        }
    }

    @Test
    void aClockThatIsSetALittleIsFollowedAndOneThatIsAloneAlways() {
        var fleet = Fleet.of(A, B, C);
        fleet.beats(2);
        Duration little = Duration.ofMillis(300);
        fleet.skew(C, little);
        fleet.beats(1);
        assertThat(fleet.ledger(C).clock().wall()).isEqualTo(fleet.wall().plus(little));

        var alone = Fleet.of(A);
        alone.skew(A, HOUR);
        alone.beats(1);
        assertThat(alone.ledger(A).clock().wall()).isEqualTo(alone.wall().plus(HOUR));
        assertThat(alone.ledger(A).alarms()).isEmpty();
    }

    @Test
    void whereMostClocksAreSetAllFollow() {
        var fleet = Fleet.of(A, B, C);
        fleet.beats(2);
        fleet.skew(A, HOUR);
        fleet.skew(B, HOUR);
        fleet.beats(2);
        for (NodeId node : List.of(A, B, C))
            assertThat(fleet.ledger(node).clock().wall()).isEqualTo(fleet.wall().plus(HOUR));
    }

    @Test
    void allNodesOfAFleetComeToOneTimeAndNameTheClockThatIsWrong() {
        for (Duration wrong : List.of(HOUR, HOUR.negated())) {
            var fleet = Fleet.of(A, B, C);
            fleet.skew(C, wrong);
            fleet.beats(2);
            for (NodeId node : List.of(A, B, C)) {
                assertThat(fleet.ledger(node).clock().wall()).isEqualTo(fleet.wall());
                assertThat(fleet.ledger(node).alarms())
                        .as("alarms at %s", node)
                        .containsExactly(new Alarm.ClockApart(C, wrong));
            }
        }
    }
}
