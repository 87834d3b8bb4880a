package meridian.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.topology.ClientSet;
import meridian.topology.Continent;

/// `clients { … }`.
final class ClientSetSection {

    private static final List<String> CONTINENTS =
            Arrays.stream(Continent.values()).map(Enum::name).toList();

    /// ISO 3166-1, and XK, which geo databases use for Kosovo.
    private static final Set<String> COUNTRIES = countries();

    private final Problems problems;
    private final Values values;

    ClientSetSection(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    SequencedMap<String, ClientSet> read(SequencedMap<String, Tree> section) {
        var sets = new LinkedHashMap<String, ClientSet>();
        section.forEach((name, tree) -> set(name, tree).ifPresent(one -> sets.put(name, one)));
        return sets;
    }

    private Optional<ClientSet> set(String name, Tree tree) {
        Optional<Fields> found = Fields.of(tree, Schema.CLIENTS, problems);
        if (found.isEmpty()) return Optional.empty();
        Fields fields = found.get();
        if (Schema.CLIENTS.keys().stream().noneMatch(key -> !fields.items(key).isEmpty()))
            problems.refuse(
                    tree.at(),
                    "holds no client",
                    "continents, countries, subdivisions, as-numbers and networks are accepted");
        return problems.attempt(
                tree.at(),
                () ->
                        new ClientSet(
                                name,
                                Set.copyOf(fields.readEach("continents", this::continent)),
                                Set.copyOf(fields.readEach("countries", this::country)),
                                Set.copyOf(fields.readEach("subdivisions", this::subdivision)),
                                Set.copyOf(fields.readEach("as-numbers", this::asNumber)),
                                fields.readEach("networks", values::network)));
    }

    private Optional<Continent> continent(Tree tree) {
        return values.known(tree, "a continent", CONTINENTS).map(Continent::valueOf);
    }

    private Optional<String> country(Tree tree) {
        return country(tree, values);
    }

    static Optional<String> country(Tree tree, Values values) {
        Optional<String> code = values.text(tree);
        if (code.isEmpty() || COUNTRIES.contains(code.get())) return code;
        return values.wrong(
                tree,
                "\"" + code.get() + "\" is not a country",
                "an ISO 3166-1 code in capitals, as in DE, is accepted");
    }

    private Optional<String> subdivision(Tree tree) {
        Optional<String> code = values.text(tree);
        if (code.isEmpty() || isSubdivision(code.get())) return code;
        return values.wrong(
                tree,
                "\"" + code.get() + "\" is not a subdivision of a country",
                "an ISO 3166-2 code in capitals, as in US-CA, is accepted");
    }

    private static boolean isSubdivision(String code) {
        return code.matches("[A-Z]{2}-[A-Z0-9]{1,3}") && COUNTRIES.contains(code.substring(0, 2));
    }

    private Optional<Long> asNumber(Tree tree) {
        return asNumber(tree, values);
    }

    /// `64500` or `AS64500`.
    static Optional<Long> asNumber(Tree tree, Values values) {
        String text = values.text(tree).orElse("0");
        String digits = text.startsWith("AS") ? text.substring(2) : text;
        if (digits.matches("[0-9]{1,10}") && Long.parseLong(digits) <= 0xffff_ffffL)
            return Optional.of(Long.valueOf(digits));
        return values.wrong(
                tree, "\"" + text + "\" is not an AS number", "0 to 4294967295 is accepted");
    }

    private static Set<String> countries() {
        Set<String> codes =
                Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).stream()
                        .collect(Collectors.toCollection(TreeSet::new));
        codes.add("XK");
        return codes;
    }
}
