package meridian.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.health.Health;
import meridian.health.Vote;
import meridian.steering.Candidate;
import meridian.steering.Explanation;
import meridian.steering.PoolState;
import meridian.topology.AddressText;

/// What a person may do about what keeps a region or an endpoint out of an answer, as commands.
final class Hints {

    private Hints() {}

    static List<String> of(Explanation explanation, Sight sight) {
        return explanation.weighed().stream()
                .flatMap(
                        one ->
                                one.candidates().stream()
                                        .flatMap(candidate -> of(candidate, one, sight)))
                .distinct()
                .toList();
    }

    private static Stream<String> of(Candidate candidate, Explanation explanation, Sight sight) {
        Stream<String> ofEndpoints =
                candidate.pool().endpoints(explanation.type()).stream()
                        .flatMap(measured -> pardon(measured, explanation, sight).stream());
        return Stream.concat(failback(candidate, explanation).stream(), ofEndpoints);
    }

    private static Optional<String> failback(Candidate candidate, Explanation explanation) {
        PoolState pool = candidate.pool();
        boolean isWell = !pool.drained() && pool.health(explanation.type()) != Health.DOWN;
        if (!isWell || pool.waits(explanation.type()).isEmpty()) return Optional.empty();
        return Optional.of(
                "./meridian failback "
                        + candidate.region()
                        + " --service "
                        + explanation.service().id()
                        + " lets clients come back to it");
    }

    private static Optional<String> pardon(
            PoolState.Measured measured, Explanation explanation, Sight sight) {
        Duration heldOut =
                sight.key(explanation.service(), measured.endpoint()).stream()
                        .flatMap(key -> sight.votes(key).stream())
                        .map(Vote::heldOut)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
        if (heldOut.isZero()) return Optional.empty();
        return measured.endpoint()
                .probed()
                .map(AddressText::of)
                .map(
                        address ->
                                "./meridian pardon "
                                        + address
                                        + " lets it back at once, and not in "
                                        + heldOut.toSeconds()
                                        + " s");
    }
}
