package meridian.config.source;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads HOCON files into trees, each file by itself. Includes and substitutions are refused: one
/// configuration means the same on every node, and each value stands where it is looked for.
public final class HoconFile {

    private final Problems problems;
    private final Definitions definitions;

    public HoconFile(Problems problems) {
        this.problems = problems;
        this.definitions = new Definitions(problems);
    }

    /// What `text`, the content of `file`, says; nothing, and a problem, if that cannot be told. A
    /// key that this or an earlier file defined is a problem too.
    public Optional<Tree.Block> read(Path file, String text) {
        var found = new Problems();
        try {
            Optional<Tree.Block> tree = read(file, text, found);
            if (tree.isPresent()) return tree;
        } catch (StackOverflowError _) {
            // The library and we take a step down the stack for each brace.
            found.refuse(new Spot(file, 1, ""), "has too many braces inside one another", "");
        }
        problems.addAll(found);
        return Optional.empty();
    }

    private Optional<Tree.Block> read(Path file, String text, Problems found) {
        Optional<ConfigObject> root = parse(file, text, found);
        if (root.isEmpty()) return Optional.empty();
        var scanner = new HoconScanner(file, text, definitions, found);
        scanner.scan();
        if (found.hasErrors()) return Optional.empty();
        return Optional.of(block(new Spot(file, 1, ""), root.get(), scanner));
    }

    private static Optional<ConfigObject> parse(Path file, String text, Problems found) {
        try {
            var options =
                    ConfigParseOptions.defaults()
                            .setSyntax(ConfigSyntax.CONF)
                            .setOriginDescription(file.toString());
            return Optional.of(ConfigFactory.parseString(text, options).root());
        } catch (ConfigException e) {
            int line = e.origin() == null ? 1 : Math.max(1, e.origin().lineNumber());
            found.refuse(new Spot(file, line, ""), sentence(e), "");
            return Optional.empty();
        }
    }

    /// The library's message without its own "FILE: LINE:" and its guesses at what was meant.
    private static String sentence(ConfigException e) {
        String message = String.valueOf(e.getMessage());
        if (e.origin() != null) message = message.replace(e.origin().description() + ": ", "");
        int guess = message.indexOf(" (if you ");
        return "is not valid HOCON: " + (guess < 0 ? message : message.substring(0, guess));
    }

    private static Tree tree(Spot parent, String path, ConfigValue value, HoconScanner scanner) {
        int line = Math.max(parent.line(), value.origin().lineNumber());
        Spot at = scanner.spot(path, new Spot(parent.file(), line, path));
        return switch (value.valueType()) {
            case OBJECT -> block(at, (ConfigObject) value, scanner);
            case LIST -> listing(at, (ConfigList) value, scanner);
            case STRING -> scalar(at, Tree.Scalar.Kind.TEXT, value);
            case NUMBER -> scalar(at, Tree.Scalar.Kind.NUMBER, value);
            case BOOLEAN -> scalar(at, Tree.Scalar.Kind.TRUTH, value);
            case NULL -> new Tree.Scalar(at, Tree.Scalar.Kind.NOTHING, "null");
        };
    }

    private static Tree.Block block(Spot at, ConfigObject object, HoconScanner scanner) {
        var fields = new LinkedHashMap<String, Tree>();
        object.entrySet().stream()
                .sorted(Comparator.comparingInt(one -> scanner.order(path(at, one))))
                .forEach(
                        one ->
                                fields.put(
                                        one.getKey(),
                                        tree(at, path(at, one), one.getValue(), scanner)));
        return new Tree.Block(at, fields);
    }

    private static String path(Spot parent, Map.Entry<String, ConfigValue> field) {
        return Spot.child(parent.path(), field.getKey());
    }

    private static Tree.Listing listing(Spot at, ConfigList list, HoconScanner scanner) {
        var items = new ArrayList<Tree>();
        for (int i = 0; i < list.size(); i++)
            items.add(tree(at, Spot.item(at.path(), i), list.get(i), scanner));
        return new Tree.Listing(at, items);
    }

    private static Tree.Scalar scalar(Spot at, Tree.Scalar.Kind kind, ConfigValue value) {
        return new Tree.Scalar(at, kind, String.valueOf(value.unwrapped()));
    }
}
