package meridian.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// One server, and clients of eu-west and us-east.
class AuditTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final Audit audit = new Audit(List.of("eu-west", "us-east"));

    @Test
    void aRowOfAnswersThatLeadElsewhereIsOneMove() {
        List<Stray> strays =
                look(
                        Optional.empty(),
                        reply(0, "us-east", "us-east"),
                        reply(10, "us-east", "eu-west"),
                        reply(15, "eu-west", "eu-west"),
                        reply(20, "us-east", "eu-west"),
                        reply(30, "us-east", "us-east"));
        assertThat(strays)
                .containsExactly(
                        new Stray(
                                "us-east-1",
                                at(10),
                                at(21),
                                "us-east",
                                Set.of("eu-west"),
                                "in the test"));
        assertThat(audit.unexplained()).isOne();
        assertThat(audit.answers()).isEqualTo(5);
    }

    @Test
    void theClientsOfARegionThatIsKilledMayBeSentElsewhereAndNoOthers() {
        assertThat(look(Optional.of("eu-west"), reply(0, "eu-west", "us-east"))).isEmpty();
        assertThat(look(Optional.of("eu-west"), reply(0, "us-east", "eu-west"))).hasSize(1);
        assertThat(audit.unexplained()).isOne();
    }

    /// What is to be known of a move to find its cause.
    @Test
    void aMoveIsToldWithWhatTheNodeSaysOfThatTime() {
        var stray =
                new Stray(
                        "us-east-1",
                        at(500),
                        at(600),
                        "us-east",
                        Set.of("eu-west"),
                        "while all was well");
        String text =
                stray.text(
                        List.of(
                                new Turn(at(-60_000), "verdict", "10.0.0.2", "down"),
                                new Turn(at(480), "verdict", "10.0.0.1", "up"),
                                new Turn(at(490), "snapshot", "", "")),
                        Map.of("10.0.0.1", "up", "10.0.0.2", "unknown"));
        assertThat(text)
                .isEqualToNormalizingNewlines(
                        """
                        a move without a cause, while all was well: from 12:00:00.500 to 12:00:00.600 UTC, us-east-1 sent the client of us-east to eu-west
                            turned there: 12:00:00.480 verdict 10.0.0.1 up, 12:00:00.490 snapshot
                            not up there now: 10.0.0.2 unknown""");
    }

    private List<Stray> look(Optional<String> moved, Reply... replies) {
        return audit.look(Map.of("us-east-1", List.of(replies)), moved, "in the test");
    }

    private static Reply reply(int millis, String client, String region) {
        return new Reply(at(millis), at(millis + 1), client, Reply.Kind.ANSWERED, Set.of(region));
    }

    private static Instant at(int millis) {
        return NOON.plusMillis(millis);
    }
}
