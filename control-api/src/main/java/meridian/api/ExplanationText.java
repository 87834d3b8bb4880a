package meridian.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.steering.Reason;

/// An explanation for people: what was asked, what came of it, and every region that was weighed.
final class ExplanationText {

    private ExplanationText() {}

    static String of(ExplainResource explanation) {
        return String.join("\n", head(explanation))
                + "\n\n"
                + columns(candidates(explanation))
                + "\n"
                + columns(endpoints(explanation))
                + hints(explanation);
    }

    private static List<String> head(ExplainResource explanation) {
        return List.of(
                explanation.name() + " " + explanation.type() + " for " + explanation.client(),
                "  answer   " + answer(explanation),
                "  because  " + reason(explanation),
                "  place    " + place(explanation.place()),
                "  service  "
                        + explanation.service()
                        + matched(explanation)
                        + ", "
                        + explanation
                                .rule()
                                .map(rule -> "rule " + rule)
                                .orElse("no rule is for this client"),
                "  holds    for "
                        + explanation.ttlSeconds()
                        + " s, for all within /"
                        + explanation.scope()
                        + " of this client");
    }

    private static String answer(ExplainResource explanation) {
        String records =
                explanation.answer().isEmpty()
                        ? "nothing (NODATA)"
                        : String.join(", ", explanation.answer());
        String regions =
                explanation.candidates().stream()
                        .filter(ExplainResource.CandidateResource::chosen)
                        .map(ExplainResource.CandidateResource::region)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return regions.isEmpty() ? records : records + " in " + regions;
    }

    private static String reason(ExplainResource explanation) {
        return Reason.valueOf(explanation.reason().toUpperCase(Locale.ROOT)).sentence();
    }

    private static String place(ExplainResource.PlaceResource place) {
        String known =
                Stream.of(
                                place.continent(),
                                place.country(),
                                place.subdivision(),
                                place.asNumber().map(number -> "AS" + number),
                                place.location().map(ExplanationText::location),
                                Optional.of(place.order())
                                        .filter(order -> !order.isEmpty())
                                        .map(order -> "in the order " + String.join(", ", order)))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(" "));
        return known.isEmpty() ? "unknown" : known;
    }

    private static String location(RegionResource.Location location) {
        return String.format(
                Locale.ROOT, "[%.1f, %.1f]", location.latitude(), location.longitude());
    }

    private static String matched(ExplainResource explanation) {
        return explanation.owner().equalsIgnoreCase(explanation.name())
                ? ""
                : " by " + explanation.owner();
    }

    private static List<List<String>> candidates(ExplainResource explanation) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("", "ORDER", "REGION", "CONDITION", "OUTCOME"));
        for (var candidate : explanation.candidates()) {
            rows.add(
                    List.of(
                            candidate.chosen() ? "→" : "",
                            candidate.tier()
                                    + (candidate.weight() > 1 ? " ×" + candidate.weight() : ""),
                            region(candidate, explanation)
                                    + (candidate.standby() ? " (standby)" : ""),
                            candidate.condition(),
                            candidate.outcome()));
        }
        return rows;
    }

    /// With the type that it is judged by, where that is another than was asked for.
    private static String region(
            ExplainResource.CandidateResource candidate, ExplainResource explanation) {
        return candidate.type().equals(explanation.type())
                ? candidate.region()
                : candidate.region() + " " + candidate.type();
    }

    private static List<List<String>> endpoints(ExplainResource explanation) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("", "ENDPOINT", "REGION", "VERDICT", "VOTES"));
        for (var candidate : explanation.candidates()) {
            for (var endpoint : candidate.endpoints()) {
                rows.add(
                        List.of(
                                endpoint.answered() ? "→" : "",
                                endpoint.address(),
                                candidate.region(),
                                endpoint.health(),
                                votes(endpoint.votes())));
            }
        }
        return rows;
    }

    private static String hints(ExplainResource explanation) {
        return explanation.hints().stream()
                .map(hint -> hint + "\n")
                .collect(Collectors.joining("", explanation.hints().isEmpty() ? "" : "\n", ""));
    }

    private static String votes(List<HealthResource.VoteResource> votes) {
        if (votes.isEmpty()) return "not watched";
        return votes.stream().map(ExplanationText::vote).collect(Collectors.joining("; "));
    }

    private static String vote(HealthResource.VoteResource vote) {
        String age =
                vote.ageSeconds()
                        .map(seconds -> String.format(Locale.ROOT, " %.1fs ago", seconds))
                        .orElse("");
        String reason = vote.reason().isEmpty() ? "" : " (" + vote.reason() + ")";
        return vote.vantage() + " " + vote.health() + age + reason;
    }

    /// Each column as wide as its widest cell; nothing behind the last.
    private static String columns(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        }
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + 2);
        }
        return line.toString().stripTrailing() + "\n";
    }
}
