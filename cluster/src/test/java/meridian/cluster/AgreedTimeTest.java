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
        assertThat(AgreedTime.correction(List.of(NONE, HOUR), NONE)).isEqualTo(NONE);
        assertThat(AgreedTime.correction(List.of(NONE, HOUR.negated()), NONE)).isEqualTo(NONE);
    }

    @Test
    void aNodeWhoseOwnClockIsWrongGoesByTheOthers() {
        assertThat(AgreedTime.correction(List.of(HOUR, HOUR), NONE)).isEqualTo(HOUR);
    }

    @Test
    void ofTwoTheOneBehindIsTaken() {
        assertThat(AgreedTime.correction(List.of(HOUR), NONE)).isEqualTo(NONE);
        assertThat(AgreedTime.correction(List.of(HOUR.negated()), NONE)).isEqualTo(HOUR.negated());
    }

    @Test
    void aMessagesWayMakesNoClockTremble() {
        List<Duration> late = List.of(Duration.ofMillis(-120), Duration.ofMillis(-300));
        assertThat(AgreedTime.correction(late, NONE)).isEqualTo(NONE);
        List<Duration> hour = List.of(HOUR.minusMillis(120), HOUR.minusMillis(300));
        assertThat(AgreedTime.correction(hour, HOUR)).isEqualTo(HOUR);
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
