package meridian.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private static final Instant KILL = Instant.parse("2026-11-22T12:00:00Z");
    private static final Fault.Roles ROLES = new Fault.Roles("odd", "dead", "live");
    private static final Judgement.Downs NONE = new Judgement.Downs(List.of());

    @Test
    void untilTheLimitAnAnswerMayLeadToTheDead() {
        Judgement judgement =
                judge(Optional.empty(), NONE, reply(2900, "dead"), reply(3001, "dead"));
        assertThat(judgement.dead()).isOne();
        assertThat(judgement.changed()).contains(Duration.ofMillis(3002));
    }

    @Test
    void aServerThatHearsNoQuorumMayStayWithItsVerdicts() {
        var deaf = Optional.of(new Judgement.Span(at(0), at(9000)));
        Judgement judgement = judge(deaf, NONE, reply(8000, "dead"), reply(9500, "dead"));
        assertThat(judgement.allowed()).isOne();
        assertThat(judgement.dead()).isOne();
    }

    @Test
    void whereNothingElseIsUpTheDeadMayBeAnswered() {
        var downs =
                Judgement.Downs.of(
                        List.of(
                                new Turn(at(4000), "verdict", "x", "down"),
                                new Turn(at(5000), "verdict", "x", "up")),
                        Set.of("x"),
                        at(9000));
        Judgement judgement =
                judge(Optional.empty(), downs, reply(4500, "dead"), reply(6000, "dead"));
        assertThat(judgement.allowed()).isOne();
        assertThat(judgement.dead()).isOne();
    }

    @Test
    void theDrainedIsNeverAnswered() {
        assertThat(judge(Optional.empty(), NONE, reply(-100, "odd")).drained()).isOne();
    }

    @Test
    void whatTimedOutIsCountedByItself() {
        Judgement judgement =
                judge(
                        Optional.empty(),
                        NONE,
                        of(Reply.Kind.TIMED_OUT),
                        of(Reply.Kind.ERROR),
                        of(Reply.Kind.EMPTY));
        assertThat(judgement).isEqualTo(new Judgement(3, 1, 1, 1, 0, 0, 0, Optional.empty()));
        assertThat(judgement.wrong()).isEqualTo(2);
    }

    private static Judgement judge(
            Optional<Judgement.Span> excused, Judgement.Downs downs, Reply... replies) {
        return Judgement.of(
                List.of(replies),
                new Judgement.Rules(
                        ROLES, KILL, Duration.ofSeconds(3), at(20_000), excused, downs));
    }

    private static Reply reply(long sent, String region) {
        return new Reply(at(sent), at(sent + 1), "dead", Reply.Kind.ANSWERED, Set.of(region));
    }

    private static Reply of(Reply.Kind kind) {
        return new Reply(at(1), at(2), "dead", kind, Set.of());
    }

    private static Instant at(long millis) {
        return KILL.plusMillis(millis);
    }
}
