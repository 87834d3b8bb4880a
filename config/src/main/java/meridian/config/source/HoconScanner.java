package meridian.config.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The second look at a text that the HOCON library has found well-formed: where each key stands,
/// in which order, and what must not be in it.
///
/// The library merges what is defined twice, forgets the order of keys, and its parse tree is not
/// public. This walk knows only what it needs: blocks, lists, strings, comments and keys.
final class HoconScanner {

    private final Spot root;
    private final Definitions definitions;
    private final Problems problems;

    /// One text for each name, however many keys have it.
    private final Map<String, String> names = new HashMap<>();

    private String text = "";
    private int at;
    private int line;

    /// @param root stands for the file
    /// @param definitions of this and other files, which it adds to
    HoconScanner(Spot root, Definitions definitions, Problems problems) {
        this.root = root;
        this.definitions = definitions;
        this.problems = problems;
    }

    /// What is written in a text of the file, which begins on this line.
    Written scan(String text, int line) {
        this.text = text;
        this.line = line;
        at = 0;
        var written = new Written(root);
        skipSpace(true);
        if (peek() == '{') at++;
        block(written, 0, definitions);
        return written;
    }

    /// @param known what its keys must not define again; null inside of what is a problem already
    private void block(Written parent, int depth, @Nullable Definitions known) {
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
                field(parent, depth, known);
            }
        }
    }

    private void field(Written parent, int depth, @Nullable Definitions known) {
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
        skipSpace(true);
        if (peek() == '+') {
            refuse(keyLine, "+= is not supported", "the whole list in one place is accepted");
            at++;
        }
        boolean opensBlock = peek() == '{';
        if (!opensBlock) at++;
        skipSpace(true);
        opensBlock |= peek() == '{';

        Written key = parent;
        Definitions inside = known;
        for (int i = 0; i < names.size(); i++) {
            boolean whole = i == names.size() - 1;
            boolean section = depth + i == 0 && (!whole || opensBlock);
            key = key.key(names.get(i), keyLine);
            Spot here = key.at().onLine(keyLine);
            if (inside != null) inside = inside.define(names.get(i), here, whole, section);
        }
        value(key, depth + names.size(), inside);
    }

    /// The parts of a key, split at the dots outside of quotes; stops before `=`, `:`, `+=` or `{`.
    private List<String> key() {
        var key = new ArrayList<String>();
        var name = new StringBuilder();
        while (at < text.length() && "=:{+\n".indexOf(peek()) < 0) {
            char c = peek();
            if (c == '"') {
                name.append(quoted());
            } else {
                if (c == '.') {
                    key.add(name(name));
                    name.setLength(0);
                } else {
                    name.append(c);
                }
                at++;
            }
        }
        key.add(name(name));
        return key;
    }

    private String name(StringBuilder read) {
        String name = read.toString().strip();
        return names.computeIfAbsent(name, it -> it);
    }

    /// A value ends at a comma, a closing bracket or the end of the line; several may be joined.
    private void value(Written written, int depth, @Nullable Definitions known) {
        while (at < text.length() && ",}]\n".indexOf(peek()) < 0) {
            char c = peek();
            if (c == '{') {
                at++;
                block(written, depth, known);
            } else if (c == '[') {
                at++;
                list(written, depth, known);
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

    private void list(Written written, int depth, @Nullable Definitions known) {
        for (int index = 0; ; ) {
            skipSpace(true);
            if (at >= text.length()) return;
            if (peek() == ']') {
                at++;
                return;
            }
            if (peek() == ',') {
                at++;
            } else {
                Written item = written.item(index++, line);
                value(item, depth + 1, known == null ? null : known.item(item.at()));
            }
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
        char c = peek();
        return c == '#' || (c == '/' && text.startsWith("//", at));
    }

    private void skipLine() {
        while (at < text.length() && peek() != '\n') at++;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void refuse(int atLine, String wrong, String accepted) {
        problems.refuse(root.onLine(atLine), wrong, accepted);
    }
}
