package meridian.node;

import java.nio.file.Path;
import java.util.Optional;
import meridian.config.ConfigReader;
import meridian.config.Configuration;

/// Where a node keeps what it must find again: in a folder of its name in the data directory.
final class NodeFolder {

    private static final String GENERATIONS = "generations";

    private NodeFolder() {}

    /// One without a disk of its own keeps nothing.
    static Optional<Path> in(Configuration of, NodeOptions options, String name) {
        if (!options.isNamed()) return Optional.empty();
        String node = options.node().id().name();
        return Optional.of(of.dataDirectory().resolve(node).resolve(name));
    }

    /// Where its [Generations] are, if its configuration is a file.
    static Optional<Path> generations(Configuration configuration, NodeOptions options) {
        return options.file().flatMap(_ -> in(configuration, options, GENERATIONS));
    }

    /// Where they are if the configuration cannot be read: for the node that was asked for, or the
    /// only one that has any.
    static Optional<Path> likelyGenerations(NodeOptions.Wish wish) {
        if (wish.file().isEmpty()) return Optional.empty();
        Path data = ConfigReader.dataDirectory(wish.file().get());
        if (wish.node().isPresent())
            return Optional.of(data.resolve(wish.node().get()).resolve(GENERATIONS));
        return Generations.onlyOneIn(data);
    }
}
