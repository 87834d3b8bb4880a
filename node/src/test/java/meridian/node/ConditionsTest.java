package meridian.node;

import static meridian.node.SmallFleet.SPARE;
import static meridian.node.SmallFleet.US;
import static meridian.node.SmallFleet.US_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import meridian.api.Fleet;
import meridian.health.Health;
import meridian.intent.Intents;
import meridian.topology.Comeback;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final Fleet.Configuration FILES =
            new Fleet.Configuration(
                    Optional.empty(), "c1", Instant.EPOCH, Optional.empty(), List.of(), List.of());

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
    void whatKeepsANodeFromPublishingIsAnAlarmWithItsName() {
        Alarms.Condition condition = Conditions.unpublished(new StackOverflowError("a test"));
        assertThat(condition.kind()).isEqualTo("no-snapshot");
        assertThat(condition.text()).endsWith("java.lang.StackOverflowError: a test");
    }

    @Test
    void filesThatAreNotServedAreAlarms() {
        var refused =
                new Fleet.Configuration(
                        Optional.empty(),
                        "c1",
                        Instant.EPOCH,
                        Optional.of("generation 3 serves: the files are refused"),
                        List.of("meridian.conf:7: there is no region"),
                        List.of());
        assertThat(conditions(new SmallFleet(1), refused))
                .extracting(Alarms.Condition::severity, Alarms.Condition::kind)
                .contains(
                        tuple(Fleet.Severity.ALARM, "rolled-back"),
                        tuple(Fleet.Severity.ALARM, "refused"));
    }

    @Test
    void aRegionThatIsWellAgainAndWaitsIsAnAlarmWithTheCommand() {
        var fleet = new SmallFleet(1, new Comeback(true, Duration.ZERO));
        conditions(fleet.turn(Health.UP, US, SPARE));
        fleet.turn(Health.DOWN, US_2);
        assertThat(conditions(fleet)).as("it is still below its min-up").isEmpty();
        fleet.turn(Health.UP, US_2);
        assertThat(conditions(fleet))
                .containsExactly(
                        Alarms.Condition.alarm(
                                "waits-for-failback",
                                "shop A us-east",
                                "service shop A: region us-east, out since"
                                        + " 1970-01-01T00:00:00.003Z, is well again and waits;"
                                        + " ./meridian failback us-east --service shop lets clients"
                                        + " come back"));
    }

    @Test
    void whatIsAnsweredThoughItWaitsIsAnAlarmOfItsOwn() {
        var fleet = new SmallFleet(1, new Comeback(true, Duration.ZERO));
        conditions(fleet.turn(Health.UP, US, SPARE));
        fleet.turn(Health.DOWN, US_2);
        conditions(fleet);
        fleet.turn(Health.UP, US_2).turn(Health.DOWN, SPARE);
        assertThat(conditions(fleet))
                .extracting(Alarms.Condition::severity, Alarms.Condition::kind)
                .containsExactly(
                        tuple(Fleet.Severity.ALARM, "waiting"),
                        tuple(Fleet.Severity.ALARM, "waits-for-failback"));
    }

    @Test
    void anEndpointThatPassesAndIsHeldOutIsAWarningWithTheTimeAndTheCommand() {
        var fleet = new SmallFleet(1).turn(Health.UP, US, SPARE).turn(Health.DOWN, US_2);
        assertThat(conditions(fleet)).isEmpty();
        assertThat(conditions(fleet.holdOut(US_2, Duration.ofSeconds(40))))
                .containsExactly(
                        Alarms.Condition.warning(
                                "held-out",
                                US_2,
                                US_2
                                        + " passes again and is held out for 40 s more by n1, for it"
                                        + " went down often; ./meridian pardon 198.51.100.11 lets it"
                                        + " back"));
    }

    private static List<Alarms.Condition> conditions(SmallFleet fleet) {
        return conditions(fleet, FILES);
    }

    private static List<Alarms.Condition> conditions(SmallFleet fleet, Fleet.Configuration files) {
        return Conditions.of(
                Glance.at(fleet.edition(), fleet.tally(), 0),
                Seen.NOTHING,
                fleet.tally(),
                Intents.NONE,
                List.of(),
                files,
                0,
                Instant.EPOCH);
    }
}
