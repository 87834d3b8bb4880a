package meridian.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import meridian.steering.Candidate;
import meridian.steering.Choice;
import meridian.steering.Explanation;
import meridian.steering.PoolState;
import meridian.steering.Rdata;
import meridian.topology.Place;
import meridian.topology.RegionId;

/// Why a client gets what it gets.
///
/// @param owner the steered owner name that matched: the same, or a wildcard
/// @param scope how widely the answer holds, as a prefix length
/// @param rule the position of the rule that holds, from 1; empty: none is for this client
/// @param region that the answer is from, if it is from one
/// @param answer the data of its records
/// @param reason which line of the order of eligibility the answer comes from
/// @param hints what a person may do about what is kept out, as commands
record ExplainResource(
        String name,
        String owner,
        String type,
        String client,
        int scope,
        PlaceResource place,
        String service,
        long ttlSeconds,
        Optional<Integer> rule,
        List<CandidateResource> candidates,
        Optional<String> region,
        List<String> answer,
        String reason,
        boolean failedOpen,
        List<String> hints) {

    record PlaceResource(
            Optional<String> continent,
            Optional<String> country,
            Optional<String> subdivision,
            Optional<Long> asNumber,
            Optional<RegionResource.Location> location,
            List<String> order) {

        static PlaceResource of(Place place) {
            return new PlaceResource(
                    place.continent().map(Enum::name),
                    place.country(),
                    place.subdivision(),
                    place.asNumber().stream().boxed().findFirst(),
                    place.coordinates().map(RegionResource.Location::of),
                    place.order().stream().map(RegionId::name).toList());
        }
    }

    /// @param type by whose endpoints it is judged: of SVCB and HTTPS about addresses, each of
    ///   these
    /// @param tier how far down the client's order, from 1; those of one tier are drawn by weight
    record CandidateResource(
            String region,
            String type,
            int tier,
            int weight,
            boolean standby,
            String condition,
            String outcome,
            boolean chosen,
            List<EndpointResource> endpoints) {}

    /// @param answered whether the answer names it
    record EndpointResource(
            String address,
            String health,
            boolean answered,
            List<HealthResource.VoteResource> votes) {}

    static ExplainResource of(Explanation explanation, Sight sight) {
        return new ExplainResource(
                explanation.name().toString(),
                explanation.owner().toString(),
                explanation.type().toString(),
                explanation.client().toString(),
                explanation.scope(),
                PlaceResource.of(explanation.place()),
                explanation.service().id().name(),
                explanation.service().ttl().toSeconds(),
                fromOne(explanation.rule()),
                explanation.weighed().stream()
                        .flatMap(of -> candidates(of, explanation.choice(), sight))
                        .toList(),
                explanation.choice().region().map(RegionId::name),
                explanation.choice().records().stream().map(Rdata::toString).toList(),
                explanation.choice().reason().name().toLowerCase(Locale.ROOT),
                explanation.weighed().stream().anyMatch(of -> of.choice().failedOpen()),
                Hints.of(explanation, sight));
    }

    private static Optional<Integer> fromOne(OptionalInt rule) {
        return rule.stream().mapToObj(position -> position + 1).findFirst();
    }

    private static Stream<CandidateResource> candidates(
            Explanation explanation, Choice answer, Sight sight) {
        return explanation.candidates().stream()
                .map(candidate -> candidate(candidate, explanation, answer, sight));
    }

    private static CandidateResource candidate(
            Candidate candidate, Explanation explanation, Choice answer, Sight sight) {
        return new CandidateResource(
                candidate.region().name(),
                explanation.type().toString(),
                candidate.tier() + 1,
                candidate.weight(),
                candidate.pool().standby(),
                candidate.condition(explanation.type()),
                explanation.outcome(candidate),
                explanation.isChosen(candidate),
                candidate.pool().endpoints(explanation.type()).stream()
                        .map(measured -> endpoint(measured, explanation, answer, sight))
                        .toList());
    }

    private static EndpointResource endpoint(
            PoolState.Measured measured, Explanation explanation, Choice answer, Sight sight) {
        return new EndpointResource(
                measured.endpoint().destination().toString(),
                HealthResource.word(measured.health()),
                answer.endpoints().contains(measured.endpoint()),
                sight.key(explanation.service(), measured.endpoint()).stream()
                        .flatMap(key -> sight.votes(key).stream())
                        .map(HealthResource.VoteResource::of)
                        .toList());
    }
}
