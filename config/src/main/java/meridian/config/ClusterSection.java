package meridian.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.source.Tree;

/// `cluster { … }`: the keys, from files or from the environment, never from the configuration
/// itself.
final class ClusterSection {

    static final String KEY = "MERIDIAN_CLUSTER_KEY";
    static final String SECOND_KEY = "MERIDIAN_CLUSTER_SECOND_KEY";

    private final Problems problems;
    private final Values values;
    private final ConfigFiles files;
    private final Map<String, String> environment;

    ClusterSection(Problems problems, ConfigFiles files, Map<String, String> environment) {
        this.problems = problems;
        this.values = new Values(problems);
        this.files = files;
        this.environment = environment;
    }

    /// @param root where the environment's problems are told, which no file has a line for
    ClusterSettings read(Optional<Fields> section, Spot root) {
        return new ClusterSettings(
                secret(section, "key-file", KEY, root),
                secret(section, "second-key-file", SECOND_KEY, root));
    }

    private Optional<Secret> secret(
            Optional<Fields> section, String key, String variable, Spot root) {
        if (section.filter(fields -> fields.has(key)).isPresent())
            return section.flatMap(fields -> fields.read(key, this::fromFile));
        var at = new Spot(root.file(), root.line(), "the environment variable " + variable);
        return Optional.ofNullable(environment.get(variable)).flatMap(text -> secret(at, text));
    }

    private Optional<Secret> fromFile(Tree tree) {
        Optional<Path> file = values.file(tree);
        file.ifPresent(one -> warnIfReadable(problems, tree.at(), one));
        return file.flatMap(one -> files.secret(one, tree.at()))
                .flatMap(
                        octets ->
                                secret(tree.at(), new String(octets, StandardCharsets.ISO_8859_1)));
    }

    /// Editors end files with a line break, which nobody means to be a part of the key.
    private Optional<Secret> secret(Spot at, String text) {
        byte[] octets = text.stripTrailing().getBytes(StandardCharsets.ISO_8859_1);
        return problems.attempt(at, () -> new Secret(octets));
    }

    /// A warning about a secret that is none.
    static void warnIfReadable(Problems problems, Spot at, Path file) {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (mode.contains(PosixFilePermission.OTHERS_READ))
                problems.warn(
                        at,
                        "everyone may read "
                                + file
                                + " ("
                                + PosixFilePermissions.toString(mode)
                                + ")",
                        "chmod 600 keeps the key to its owner");
        } catch (IOException | UnsupportedOperationException _) {
            // A missing file is told by who reads it; a file system without modes has none to
            // check.
        }
    }
}
