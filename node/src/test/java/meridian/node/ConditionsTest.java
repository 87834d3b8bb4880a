package meridian.node;

import static meridian.node.SmallFleet.SPARE;
import static meridian.node.SmallFleet.US;
import static meridian.node.SmallFleet.US_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import meridian.api.Fleet;
import meridian.health.Health;
import meridian.intent.Intents;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final Fleet.Configuration FILES =
            new Fleet.Configuration(
                    Optional.empty(), "c1", Instant.EPOCH, Optional.empty(), List.of());

    @Test
    void aHeldRemovalIsAnAlarmWithItsNumbers() {
        var fleet = new SmallFleet(2).turn(Health.UP, US, SPARE).turn(Health.DOWN, US_2);
        assertThat(conditions(fleet))
                .containsExactly(
                        Alarms.Condition.alarm(
                                "held",
                                "shop A us-east",
                                "region us-east of service shop is below its min-up and kept in"
                                        + " service: without it the service would keep 1 of its"
                                        + " regions for A; keep-regions is 2;"
                                        + " ./meridian confirm us-east --service shop lets it go"));
    }

    @Test
    void aFleetThatFailsOpenIsAnAlarm() {
        var fleet = new SmallFleet(1).turn(Health.DOWN, US, US_2, SPARE);
        assertThat(conditions(fleet))
                .extracting(Alarms.Condition::severity, Alarms.Condition::kind)
                .containsExactly(tuple(Fleet.Severity.ALARM, "fail-open"));
    }

    @Test
    void filesThatAreNotServedAreAlarms() {
        var refused =
                new Fleet.Configuration(
                        Optional.empty(),
                        "c1",
                        Instant.EPOCH,
                        Optional.of("generation 3 serves: the files are refused"),
                        List.of("meridian.conf:7: there is no region"));
        assertThat(conditions(new SmallFleet(1), refused))
                .extracting(Alarms.Condition::severity, Alarms.Condition::kind)
                .contains(
                        tuple(Fleet.Severity.ALARM, "rolled-back"),
                        tuple(Fleet.Severity.ALARM, "refused"));
    }

    private static List<Alarms.Condition> conditions(SmallFleet fleet) {
        return conditions(fleet, FILES);
    }

    private static List<Alarms.Condition> conditions(SmallFleet fleet, Fleet.Configuration files) {
        return Conditions.of(
                fleet.edition(),
                Seen.NOTHING,
                fleet.tally(),
                Intents.NONE,
                List.of(),
                files,
                0,
                Instant.EPOCH);
    }
}
