package meridian.config.source;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Reads HOCON files into trees, each file by itself. Includes and substitutions are refused: one
/// configuration means the same on every node, and each value stands where it is looked for.
public final class HoconFile {

    /// Longer ones are read in pieces of that many characters.
    private static final int AT_ONCE = 1 << 12;

    private final Problems problems;
    private final Definitions definitions;
    private final int atOnce;

    public HoconFile(Problems problems) {
        this(problems, AT_ONCE);
    }

    HoconFile(Problems problems, int atOnce) {
        this.problems = problems;
        this.definitions = new Definitions(problems);
        this.atOnce = atOnce;
    }

    /// What `text`, the content of `file`, says; nothing, and a problem, if that cannot be told. A
    /// key that this or an earlier file defined is a problem too.
    public Optional<Tree.Block> read(Path file, String text) {
        var found = new Problems();
        try {
            Tree.Block tree = read(file, text, found);
            if (!found.hasErrors()) return Optional.of(tree);
        } catch (ConfigException e) {
            int line = e.origin() == null ? 1 : Math.max(1, e.origin().lineNumber());
            found.refuse(new Spot(file, line, ""), sentence(e), "");
        } catch (StackOverflowError _) {
            // The library and we take a step down the stack for each brace.
            found.refuse(new Spot(file, 1, ""), "has too many braces inside one another", "");
        }
        problems.addAll(found);
        return Optional.empty();
    }

    private Tree.Block read(Path file, String text, Problems found) {
        List<Piece> pieces = Piece.of(text, atOnce);
        try {
            if (pieces.size() > 1) return read(file, pieces, found);
        } catch (ConfigException _) {
            // What is wrong, and where, is told of the whole.
            definitions.forget(file);
        }
        return read(file, List.of(Piece.whole(text)), found);
    }

    private Tree.Block read(Path file, List<Piece> pieces, Problems found) {
        var root = new Spot(file, 1, "");
        var parts = new ArrayList<Tree.Block>();
        var scanner = new HoconScanner(root, definitions, found);
        for (Piece piece : pieces) parts.add(read(root, piece, scanner, found));
        return Tree.Block.joined(parts);
    }

    /// Nothing is in it if there is a problem: what is refused may have no value.
    private Tree.Block read(Spot root, Piece piece, HoconScanner scanner, Problems found) {
        String text = piece.text();
        ConfigObject object = parse(root.file(), text);
        Written written = scanner.scan(text, piece.line());
        return found.hasErrors()
                ? new Tree.Block(root, new LinkedHashMap<>())
                : new TreeReader(piece.line()).block(root, object, written);
    }

    private static ConfigObject parse(Path file, String text) {
        var options =
                ConfigParseOptions.defaults()
                        .setSyntax(ConfigSyntax.CONF)
                        .setOriginDescription(file.toString());
        return ConfigFactory.parseString(text, options).root();
    }

    /// The library's message without its own "FILE: LINE:" and its guesses at what was meant.
    private static String sentence(ConfigException e) {
        String message = String.valueOf(e.getMessage());
        if (e.origin() != null) message = message.replace(e.origin().description() + ": ", "");
        int guess = message.indexOf(" (if you ");
        return "is not valid HOCON: " + (guess < 0 ? message : message.substring(0, guess));
    }
}
