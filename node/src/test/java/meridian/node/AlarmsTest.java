package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import meridian.api.Fleet;
import org.junit.jupiter.api.Test;

class AlarmsTest {

    private static final Alarms.Condition AT_ONCE =
            Alarms.Condition.alarm("fail-open", "shop A", "nothing is up");
    private static final Alarms.Condition AFTER_A_WHILE =
            Alarms.Condition.alarm("sightless", "fleet", "nobody votes")
                    .lasting(Duration.ofSeconds(5));

    private final Alarms alarms = new Alarms();

    @Test
    void anAlarmSaysSinceWhenItIsSo() {
        observe(0, AT_ONCE);
        observe(7, AT_ONCE);
        assertThat(alarms.current()).extracting(Fleet.Alarm::since).containsExactly(Instant.EPOCH);
    }

    @Test
    void whatPassesWithinAWhileIsNoAlarm() {
        observe(0, AFTER_A_WHILE);
        observe(4, AFTER_A_WHILE);
        observe(5);
        observe(6, AFTER_A_WHILE);
        assertThat(alarms.current()).isEmpty();
    }

    @Test
    void whatLastsIsAnAlarmSinceItBegan() {
        observe(3, AFTER_A_WHILE);
        observe(8, AFTER_A_WHILE);
        assertThat(alarms.current())
                .extracting(Fleet.Alarm::kind, Fleet.Alarm::since)
                .containsExactly(tuple("sightless", Instant.ofEpochSecond(3)));
    }

    private void observe(long second, Alarms.Condition... conditions) {
        alarms.observe(List.of(conditions), Instant.ofEpochSecond(second));
    }
}
