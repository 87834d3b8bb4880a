package meridian.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meridian.config.source.Problems;
import meridian.config.source.Tree;

/// `api { … }`.
final class ApiSection {

    private static final Pattern HASH = Pattern.compile("sha256:([0-9A-Fa-f]{64})");
    private static final List<String> ROLES =
            Arrays.stream(ApiRole.values())
                    .map(role -> role.name().toLowerCase(Locale.ROOT))
                    .toList();

    private final Problems problems;
    private final Values values;

    ApiSection(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    ApiSettings read(Optional<Fields> section) {
        var tokens = new ArrayList<ApiToken>();
        section.ifPresent(
                fields ->
                        fields.named("tokens")
                                .forEach((name, tree) -> token(name, tree).ifPresent(tokens::add)));
        return new ApiSettings(tokens);
    }

    private Optional<ApiToken> token(String name, Tree tree) {
        Optional<Fields> found = Fields.of(tree, Schema.TOKEN, problems);
        if (found.isEmpty()) return Optional.empty();
        Fields fields = found.get();
        fields.require("role", Nearest.accepted("", ROLES));
        fields.require("hash", "hash = \"sha256:...\" is accepted");
        Optional<ApiRole> role =
                fields.read("role", one -> values.known(one, "a role", ROLES))
                        .map(one -> ApiRole.valueOf(one.toUpperCase(Locale.ROOT)));
        Optional<String> hash = fields.read("hash", this::hash);
        if (role.isEmpty() || hash.isEmpty()) return Optional.empty();
        return Optional.of(new ApiToken(name, role.get(), hash.get()));
    }

    /// The text is not repeated in the problem: it may be the token itself, put here by mistake.
    private Optional<String> hash(Tree tree) {
        Matcher matcher = HASH.matcher(values.text(tree).orElse(""));
        if (matcher.matches()) return Optional.of(matcher.group(1).toLowerCase(Locale.ROOT));
        return values.wrong(
                tree,
                "is not the hash of a token",
                "sha256: and 64 hexadecimal digits, as `printf %s TOKEN | sha256sum` prints, are"
                        + " accepted");
    }
}
