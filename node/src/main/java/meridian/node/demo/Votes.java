package meridian.node.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What `/v1/health` of a node says of the endpoints: the verdicts, and the votes behind them.
///
/// @param votes one for each endpoint and vantage
record Votes(List<String> verdicts, List<Vote> votes) {

    record Vote(String vantage, String health, String reason) {}

    static Votes of(JsonNode page) {
        List<JsonNode> endpoints = list(page.path("endpoints"));
        return new Votes(
                endpoints.stream().map(endpoint -> endpoint.path("verdict").asText()).toList(),
                endpoints.stream()
                        .flatMap(endpoint -> list(endpoint.path("votes")).stream())
                        .map(Votes::vote)
                        .toList());
    }

    /// Whether every vantage says up of every endpoint, and so does the quorum.
    boolean allUp(int endpoints, int vantages) {
        return verdicts.size() == endpoints
                && verdicts.stream().allMatch("up"::equals)
                && votes.stream().filter(vote -> vote.health().equals("up")).count()
                        == (long) endpoints * vantages;
    }

    boolean says(Place vantage, String health) {
        return votes.stream()
                .filter(vote -> vote.vantage().equals(vantage.node()))
                .allMatch(vote -> vote.health().equals(health));
    }

    /// `us-east-1 says 6 up; ap-south-1 says 6 down (connection refused)`.
    @Override
    public String toString() {
        var byVantage = new LinkedHashMap<String, List<Vote>>();
        votes.forEach(
                vote ->
                        byVantage
                                .computeIfAbsent(vote.vantage(), _ -> new java.util.ArrayList<>())
                                .add(vote));
        return byVantage.entrySet().stream()
                .map(each -> each.getKey() + " says " + counted(each.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String counted(List<Vote> votes) {
        Map<String, Long> counts =
                votes.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Votes::said, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String said(Vote vote) {
        boolean plain = vote.reason().isEmpty() || vote.health().equals("up");
        return plain ? vote.health() : vote.health() + " (" + vote.reason() + ")";
    }

    private static Vote vote(JsonNode vote) {
        return new Vote(
                vote.path("vantage").asText(),
                vote.path("health").asText(),
                vote.path("reason").asText());
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
