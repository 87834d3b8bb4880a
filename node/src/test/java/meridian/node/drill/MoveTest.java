package meridian.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Two endpoints of eu-west, a and b; two nodes, which see and publish at different moments.
class MoveTest {

    private static final Instant KILL = Instant.parse("2026-11-22T12:00:00Z");
    private static final Set<String> BOTH = Set.of("a", "b");
    private static final Move.Sought LEAVING = new Move.Sought(KILL, "eu-west", false, BOTH);
    private static final Move.Sought RETURNING = new Move.Sought(KILL, "eu-west", true, BOTH);

    @Test
    void aRegionHasLeftWhenItsLastEndpointIsDown() {
        Move move =
                Move.of(
                                LEAVING,
                                Map.of(
                                        "one",
                                        List.of(
                                                turn(100, "result", "a", "down"),
                                                turn(900, "verdict", "a", "down"),
                                                snapshot(901),
                                                turn(1000, "verdict", "b", "down"),
                                                snapshot(1001)),
                                        "two",
                                        List.of(
                                                turn(300, "result", "b", "down"),
                                                turn(1050, "verdict", "b", "down"),
                                                snapshot(1051),
                                                turn(1060, "verdict", "a", "down"),
                                                snapshot(1062))),
                                List.of(
                                        List.of(reply(990, "eu-west"), reply(1010, "us-east")),
                                        List.of(reply(1050, "eu-west"), reply(1070, "us-east"))))
                        .orElseThrow();
        assertThat(move).isEqualTo(new Move(KILL, at(100), at(1000), at(1062), at(1071)));
        assertThat(move.fromAgreedToAnswered()).hasMillis(71);
    }

    @Test
    void itIsBackWhenItsFirstEndpointIsUp() {
        Move move =
                Move.of(
                                RETURNING,
                                Map.of(
                                        "one",
                                        List.of(
                                                turn(50, "result", "b", "up"),
                                                turn(700, "verdict", "b", "up"),
                                                snapshot(702),
                                                turn(800, "verdict", "a", "up"),
                                                snapshot(801))),
                                List.of(List.of(reply(690, "us-east"), reply(710, "eu-west"))))
                        .orElseThrow();
        assertThat(move).isEqualTo(new Move(KILL, at(50), at(700), at(702), at(711)));
    }

    @Test
    void anAnswerThatWentBackAndForthCountsFromTheLastTime() {
        List<Reply> replies =
                List.of(reply(100, "us-east"), reply(200, "eu-west"), reply(300, "us-east"));
        assertThat(Move.of(LEAVING, seen(), List.of(replies)).orElseThrow().answered())
                .isEqualTo(at(301));
    }

    @Test
    void aLegThatNobodySawMakesItIncomplete() {
        var without = Map.of("one", List.of(turn(100, "result", "a", "down")));
        assertThat(Move.of(LEAVING, without, List.of(List.of(reply(1, "us-east"))))).isEmpty();
        assertThat(Move.of(LEAVING, seen(), List.of(List.of(reply(1, "eu-west"))))).isEmpty();
    }

    private static Map<String, List<Turn>> seen() {
        return Map.of(
                "one",
                List.of(
                        turn(1, "result", "a", "down"),
                        turn(2, "verdict", "a", "down"),
                        turn(3, "verdict", "b", "down"),
                        snapshot(4)));
    }

    private static Turn turn(long millis, String what, String address, String health) {
        return new Turn(at(millis), what, address, health);
    }

    private static Turn snapshot(long millis) {
        return new Turn(at(millis), "snapshot", "", "");
    }

    private static Reply reply(long sent, String region) {
        return new Reply(at(sent), at(sent + 1), "eu-west", Reply.Kind.ANSWERED, Set.of(region));
    }

    private static Instant at(long millis) {
        return KILL.plusMillis(millis);
    }
}
