package meridian.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.source.Tree;
import meridian.record.DomainName;
import meridian.signing.TsigKey;

/// `transfer-keys { … }`: what secondaries sign with. Their secrets are in files or in the
/// environment, never in the configuration itself.
final class TransferKeySection {

    private static final List<String> ALGORITHMS =
            Arrays.stream(TsigKey.Algorithm.values()).map(TransferKeySection::word).toList();

    private final Problems problems;
    private final Values values;
    private final ConfigFiles files;
    private final Map<String, String> environment;

    TransferKeySection(Problems problems, ConfigFiles files, Map<String, String> environment) {
        this.problems = problems;
        this.values = new Values(problems);
        this.files = files;
        this.environment = environment;
    }

    private static String word(TsigKey.Algorithm algorithm) {
        return algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    SequencedMap<DomainName, TsigKey> read(SequencedMap<String, Tree> section) {
        var keys = new LinkedHashMap<DomainName, TsigKey>();
        section.forEach(
                (name, tree) -> key(name, tree).ifPresent(key -> keys.put(key.name(), key)));
        return keys;
    }

    private Optional<TsigKey> key(String name, Tree tree) {
        Optional<Fields> found = Fields.of(tree, Schema.TRANSFER_KEY, problems);
        Optional<DomainName> domainName = problems.attempt(tree.at(), () -> DomainName.of(name));
        if (found.isEmpty()) return Optional.empty();
        Fields fields = found.get();
        Optional<TsigKey.Algorithm> algorithm =
                fields.has("algorithm")
                        ? fields.read("algorithm", this::algorithm)
                        : Optional.of(TsigKey.Algorithm.HMAC_SHA256);
        if (fields.has("file") == fields.has("environment"))
            problems.refuse(
                    fields.at(),
                    fields.has("file") ? "has its secret twice" : "has no secret",
                    "file = \"secondary.key\", or environment = the name of a variable, is accepted;"
                            + " either has it in Base64");
        Optional<byte[]> secret =
                fields.read("file", this::fromFile)
                        .or(() -> fields.read("environment", this::fromEnvironment));
        if (domainName.isEmpty() || algorithm.isEmpty() || secret.isEmpty())
            return Optional.empty();
        return problems.attempt(
                tree.at(), () -> new TsigKey(domainName.get(), algorithm.get(), secret.get()));
    }

    private Optional<TsigKey.Algorithm> algorithm(Tree tree) {
        return values.known(tree, "an algorithm", ALGORITHMS)
                .map(word -> word.toUpperCase(Locale.ROOT).replace('-', '_'))
                .map(TsigKey.Algorithm::valueOf);
    }

    private Optional<byte[]> fromFile(Tree tree) {
        Optional<Path> file = values.file(tree);
        file.ifPresent(one -> ClusterSection.warnIfReadable(problems, tree.at(), one));
        return file.flatMap(one -> files.secret(one, tree.at()))
                .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
                .flatMap(text -> decoded(text, tree.at(), "the file " + file.orElseThrow()));
    }

    private Optional<byte[]> fromEnvironment(Tree tree) {
        Optional<String> variable = values.text(tree);
        if (variable.isEmpty()) return Optional.empty();
        String text = environment.get(variable.get());
        return text == null
                ? values.wrong(
                        tree,
                        "the environment variable " + variable.get() + " is not set",
                        "one that has the secret in Base64 is accepted")
                : decoded(text, tree.at(), "the environment variable " + variable.get());
    }

    /// Without a word of what is there: it may be most of a secret.
    private Optional<byte[]> decoded(String text, Spot at, String where) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.strip()));
        } catch (IllegalArgumentException _) {
            problems.refuse(
                    at,
                    where + " has no secret in Base64",
                    "Base64 alone, as `openssl rand -base64 32` makes it, is accepted");
            return Optional.empty();
        }
    }
}
