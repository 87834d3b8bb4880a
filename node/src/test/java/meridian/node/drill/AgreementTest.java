package meridian.node.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static final Instant BEGAN = Instant.EPOCH;
    private static final String ADDRESS = "192.0.2.1";

    private final Agreement.Watch watch = new Agreement.Watch(BEGAN, 2, Map.of(ADDRESS, "up"));

    @Test
    void agreementOnWhatIsNoLongerSoIsTimedByItself() {
        assertThat(look(0, view("up", 2), view("down", 2))).isEmpty();
        assertThat(look(1, view("down", 2), view("down", 2))).isEmpty();
        assertThat(look(2, view("down", 2), view("down", 2))).isEmpty();
        assertThat(look(3, view("up", 2), view("down", 2))).isEmpty();
        assertThat(look(4, view("up", 2), view("up", 2))).isEmpty();
        assertThat(look(5, view("up", 2), view("up", 2))).contains(agreement(1, 0, 4));
    }

    @Test
    void whatIsTheSameAtOneLookOnlyIsNoAgreement() {
        look(0, view("down", 2), view("down", 2));
        look(1, view("down", 2), view("up", 2));
        look(2, view("up", 2), view("up", 2));
        assertThat(look(3, view("up", 2), view("up", 2))).contains(agreement(2, 0, 2));
    }

    @Test
    void whoDoesNotHearAllMayAgreeAndDoesNotSeeYet() {
        look(0, view("up", 1), view("up", 2));
        look(1, view("up", 1), view("up", 2));
        look(2, view("up", 2), view("up", 2));
        assertThat(look(3, view("up", 2), view("up", 2))).contains(agreement(0, 2, 2));
    }

    /// A vote counts for longer than a report is young.
    @Test
    void whoCountsVotesOfAllAndHearsNotAllIsAwaited() {
        look(0, view("up", 1, 2), view("up", 2));
        assertThat(look(1, view("up", 1, 2), view("up", 2))).isEmpty();
        assertThat(look(2, view("up", 2), view("up", 2))).isEmpty();
        assertThat(look(3, view("up", 2), view("up", 2))).contains(agreement(0, 2, 0));
    }

    @Test
    void whereOneCannotBeAskedNobodyKnows() {
        look(0);
        look(1);
        look(2, view("up", 2), view("up", 2));
        assertThat(look(3, view("up", 2), view("up", 2))).contains(agreement(2, 2, 2));
    }

    private static Agreement agreement(int same, int heard, int right) {
        return new Agreement(
                Duration.ofSeconds(same), Duration.ofSeconds(heard), Duration.ofSeconds(right));
    }

    private Optional<Agreement> look(int second, Agreement.View... views) {
        return watch.look(BEGAN.plusSeconds(second), List.of(views));
    }

    private static Agreement.View view(String verdict, int heard) {
        return view(verdict, heard, heard);
    }

    private static Agreement.View view(String verdict, int heard, int votes) {
        var held =
                new Agreement.Held(
                        Map.of(ADDRESS, verdict + " since then"),
                        Map.of("drain-1", true),
                        Map.of("shop", Stream.of("us-east").toList()));
        return new Agreement.View(held, Map.of(ADDRESS, verdict), heard, votes);
    }
}
