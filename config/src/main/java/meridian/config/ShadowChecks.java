package meridian.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import meridian.config.SteerSection.WrittenRule;
import meridian.config.source.Problems;
import meridian.topology.ClientSet;
import meridian.topology.Continent;
import meridian.topology.Network;

/// Rules that never hold, since earlier ones are for all of their clients: the first that is for a
/// client decides.
final class ShadowChecks {

    private static final String ACCEPTED = "the more special rule first is accepted";

    private final Problems problems;

    ShadowChecks(Problems problems) {
        this.problems = problems;
    }

    void check(List<WrittenRule> rules) {
        for (int i = 0; i < rules.size(); i++) check(rules.get(i), rules.subList(0, i));
    }

    private void check(WrittenRule rule, List<WrittenRule> earlier) {
        Optional<WrittenRule> one =
                earlier.stream().filter(before -> covers(before, rule)).findFirst();
        if (one.isPresent()) refuse(rule, one.get());
        else if (covers(earlier, rule))
            problems.refuse(
                    rule.at().at(),
                    "can never hold: the rules before it are for all of its clients",
                    ACCEPTED);
        else warnOfContinents(rule, earlier);
    }

    private void refuse(WrittenRule rule, WrittenRule earlier) {
        problems.refuse(
                rule.at().at(),
                "can never hold: the rule at line "
                        + earlier.at().at().line()
                        + " is for "
                        + whom(earlier)
                        + " and comes first",
                ACCEPTED);
    }

    /// Only a warning: on which continent a country is, databases do not agree on for all.
    private void warnOfContinents(WrittenRule rule, List<WrittenRule> earlier) {
        if (rule.rule().clients().isEmpty()) return;
        ClientSet narrow = rule.rule().clients().get();
        Union before = Union.of(earlier);
        if (!before.covers(onContinentsOf(narrow, before.continents))) return;
        problems.warn(
                rule.at().at(),
                "can hardly hold: the rules before it are for the continents of its countries",
                ACCEPTED);
    }

    /// The set without what is on these continents.
    private static ClientSet onContinentsOf(ClientSet set, Set<Continent> continents) {
        return new ClientSet(
                set.name(),
                set.continents(),
                without(set.countries(), continents),
                without(set.subdivisions(), continents),
                set.asNumbers(),
                set.networks());
    }

    private static Set<String> without(Set<String> codes, Set<Continent> continents) {
        var left = new HashSet<>(codes);
        left.removeIf(
                code ->
                        Continent.of(code.substring(0, 2))
                                .filter(continents::contains)
                                .isPresent());
        return left;
    }

    private static String whom(WrittenRule rule) {
        return rule.rule().clients().map(set -> "the clients of " + set.name()).orElse("everyone");
    }

    private static boolean covers(WrittenRule wide, WrittenRule narrow) {
        return wide.rule().clients().isEmpty() || covers(List.of(wide), narrow);
    }

    private static boolean covers(List<WrittenRule> wide, WrittenRule narrow) {
        return narrow.rule().clients().filter(Union.of(wide)::covers).isPresent();
    }

    /// What some rules are for together.
    private record Union(
            Set<Continent> continents,
            Set<String> countries,
            Set<String> subdivisions,
            Set<Long> asNumbers,
            List<Network> networks) {

        private static Union of(List<WrittenRule> rules) {
            var union =
                    new Union(
                            new HashSet<>(),
                            new HashSet<>(),
                            new HashSet<>(),
                            new HashSet<>(),
                            rules.stream()
                                    .flatMap(Union::sets)
                                    .flatMap(set -> set.networks().stream())
                                    .toList());
            rules.stream().flatMap(Union::sets).forEach(union::add);
            return union;
        }

        private static Stream<ClientSet> sets(WrittenRule rule) {
            return rule.rule().clients().stream();
        }

        private void add(ClientSet set) {
            continents.addAll(set.continents());
            countries.addAll(set.countries());
            subdivisions.addAll(set.subdivisions());
            asNumbers.addAll(set.asNumbers());
        }

        /// Whether each entry of `narrow` is one of these or inside of one.
        private boolean covers(ClientSet narrow) {
            return continents.containsAll(narrow.continents())
                    && countries.containsAll(narrow.countries())
                    && narrow.subdivisions().stream().allMatch(this::coversSubdivision)
                    && asNumbers.containsAll(narrow.asNumbers())
                    && narrow.networks().stream().allMatch(this::coversNetwork);
        }

        private boolean coversSubdivision(String code) {
            return subdivisions.contains(code) || countries.contains(code.substring(0, 2));
        }

        private boolean coversNetwork(Network network) {
            return networks.stream()
                    .anyMatch(
                            one ->
                                    one.contains(network.address())
                                            && one.prefixLength() <= network.prefixLength());
        }
    }
}
