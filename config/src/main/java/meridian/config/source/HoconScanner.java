package meridian.config.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The second look at a file that the HOCON library has found well-formed: where each key stands,
/// in which order, and what must not be in it.
///
/// The library merges what is defined twice, forgets the order of keys, and its parse tree is not
/// public. This walk knows only what it needs: blocks, lists, strings, comments and keys.
final class HoconScanner {

    private final Path file;
    private final String text;
    private final Definitions definitions;
    private final Problems problems;
    private final Map<String, Spot> keys = new HashMap<>();
    private final Map<String, Integer> order = new HashMap<>();
    private int at;
    private int line = 1;

    HoconScanner(Path file, String text, Definitions definitions, Problems problems) {
        this.file = file;
        this.text = text;
        this.definitions = definitions;
        this.problems = problems;
    }

    void scan() {
        skipSpace(true);
        if (peek() == '{') at++;
        block("", 0, true);
    }

    /// Where the key of this path stands, or `otherwise` if it is not a key.
    Spot spot(String path, Spot otherwise) {
        return keys.getOrDefault(path, otherwise);
    }

    int order(String path) {
        return order.getOrDefault(path, Integer.MAX_VALUE);
    }

    /// @param watched whether a key seen before is a problem; not inside of one that already is
    private void block(String parent, int depth, boolean watched) {
        while (true) {
            skipSpace(true);
            if (at >= text.length()) return;
            char c = peek();
            if (c == ',') {
                at++;
            } else if (c == '}') {
                at++;
                return;
            } else {
                field(parent, depth, watched);
            }
        }
    }

    private void field(String parent, int depth, boolean watched) {
        int keyLine = line;
        int keyStart = at;
        List<String> names = key();
        if (names.getFirst().startsWith("include ") || text.startsWith("include\"", keyStart)) {
            refuse(
                    keyLine,
                    "include is not supported",
                    "files in the folder conf.d beside the main file are read by themselves");
            skipLine();
            return;
        }
        if (peek() == '+') {
            refuse(keyLine, "+= is not supported", "the whole list in one place is accepted");
            at++;
        }
        boolean opensBlock = peek() == '{';
        if (!opensBlock) at++;
        skipSpace(true);
        opensBlock |= peek() == '{';

        String path = parent;
        boolean fresh = watched;
        for (int i = 0; i < names.size(); i++) {
            path = Spot.child(path, names.get(i));
            boolean whole = i == names.size() - 1;
            boolean section = depth + i == 0 && (!whole || opensBlock);
            fresh = note(new Spot(file, keyLine, path), whole, section, fresh);
        }
        value(path, depth + names.size(), fresh);
    }

    private boolean note(Spot spot, boolean whole, boolean section, boolean watched) {
        keys.putIfAbsent(spot.path(), spot);
        order.putIfAbsent(spot.path(), order.size());
        return watched && definitions.define(spot, whole, section);
    }

    /// The parts of a key, split at the dots outside of quotes; stops before `=`, `:`, `+=` or `{`.
    private List<String> key() {
        var names = new ArrayList<String>();
        var name = new StringBuilder();
        while (at < text.length() && "=:{+\n".indexOf(peek()) < 0) {
            char c = peek();
            if (c == '"') {
                name.append(quoted());
            } else {
                if (c == '.') {
                    names.add(name.toString().strip());
                    name.setLength(0);
                } else {
                    name.append(c);
                }
                at++;
            }
        }
        names.add(name.toString().strip());
        return names;
    }

    /// A value ends at a comma, a closing bracket or the end of the line; several may be joined.
    private void value(String path, int depth, boolean watched) {
        while (at < text.length() && ",}]\n".indexOf(peek()) < 0) {
            char c = peek();
            if (c == '{') {
                at++;
                block(path, depth, watched);
            } else if (c == '[') {
                at++;
                list(path, depth, watched);
            } else if (c == '"') {
                quoted();
            } else if (c == '$') {
                refuse(
                        line,
                        "substitutions (${...}) are not supported",
                        "the value itself is accepted, since one configuration must mean the same on"
                                + " every node; templates share settings among services");
                at = text.indexOf('}', at) + 1;
            } else if (startsComment()) {
                skipLine();
            } else {
                at++;
            }
        }
    }

    private void list(String path, int depth, boolean watched) {
        for (int index = 0; ; ) {
            skipSpace(true);
            if (at >= text.length()) return;
            if (peek() == ']') {
                at++;
                return;
            }
            if (peek() == ',') at++;
            else value(Spot.item(path, index++), depth + 1, watched);
        }
    }

    /// Steps over a quoted string, one line or several, and returns what is in it. Escapes in keys
    /// stay as they are written: no name of ours needs one.
    private String quoted() {
        String quotes = text.startsWith("\"\"\"", at) ? "\"\"\"" : "\"";
        int start = at + quotes.length();
        int end = start;
        while (end < text.length() && !text.startsWith(quotes, end)) {
            if (text.charAt(end) == '\n') line++;
            end += quotes.length() == 1 && text.charAt(end) == '\\' ? 2 : 1;
        }
        at = end + quotes.length();
        while (quotes.length() == 3 && at < text.length() && peek() == '"') at++;
        return text.substring(start, Math.min(end, text.length()));
    }

    private void skipSpace(boolean overLines) {
        while (at < text.length()) {
            if (startsComment()) skipLine();
            if (at >= text.length() || !isSpace(peek()) || (peek() == '\n' && !overLines)) return;
            if (peek() == '\n') line++;
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
    }

    private boolean startsComment() {
        return text.startsWith("#", at) || text.startsWith("//", at);
    }

    private void skipLine() {
        while (at < text.length() && peek() != '\n') at++;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void refuse(int atLine, String wrong, String accepted) {
        problems.refuse(new Spot(file, atLine, ""), wrong, accepted);
    }
}
