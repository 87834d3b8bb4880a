package meridian.config.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a file that is a file by itself: sections may be continued, so that `services { a { }`
/// and, on the next line, `b { } }` say the same as `services { a { } }` and `services { b { } }`.
///
/// Of each octet that it reads, the library makes seventy: of a large file a gigabyte, if it is
/// read at once.
///
/// @param before opens the section again in which the part begins; or empty
/// @param after closes the section in which the part ends; or empty
/// @param line the first, in the file
record Piece(String file, int start, int end, String before, String after, int line) {

    static Piece whole(String file) {
        return new Piece(file, 0, file.length(), "", "", 1);
    }

    /// The pieces of a file, of this length or somewhat more. If all are well-formed, so is the
    /// file; if one is not, only who reads all of the file can tell what is wrong.
    static List<Piece> of(String file, int length) {
        return file.length() <= length ? List.of(whole(file)) : new Cutter(file, length).pieces();
    }

    String text() {
        return before + file.substring(start, end) + after;
    }

    /// Cuts at the ends of lines, in sections and between them, where a block has ended on the
    /// line.
    private static final class Cutter {

        private static final Pattern SECTION = Pattern.compile("[A-Za-z0-9_-]+[ \t]*[=:]?[ \t]*");
        private static final int NOWHERE = -1;

        private final String file;
        private final int length;
        private final List<Piece> pieces = new ArrayList<>();
        private int at;
        private int line = 1;
        private int depth;

        /// Where the field of the first level begins.
        private int field = NOWHERE;

        /// What opens the section that the walk is in, if it can be opened again.
        private String section = "";

        /// Whether a block was the last on this line.
        private boolean isAfterBlock;

        private int start;
        private String before = "";
        private int startLine = 1;

        Cutter(String file, int length) {
            this.file = file;
            this.length = length;
        }

        List<Piece> pieces() {
            while (at < file.length()) step(file.charAt(at));
            pieces.add(new Piece(file, start, file.length(), before, "", startLine));
            return pieces;
        }

        private void step(char c) {
            switch (c) {
                case '\n' -> endLine();
                case '#' -> skipComment();
                case '"' -> skipText();
                case '{', '[' -> open(c);
                case '}', ']' -> close(c);
                default -> {
                    if (file.startsWith("//", at)) skipComment();
                    else plain(c);
                }
            }
        }

        private void endLine() {
            at++;
            line++;
            if (depth == 0) field = NOWHERE;
            boolean isBetween = depth == 0 || (depth == 1 && !section.isEmpty());
            if (isBetween && isAfterBlock && at - start >= length) cut();
            isAfterBlock = false;
        }

        private void cut() {
            String after = depth == 0 ? "" : "}";
            pieces.add(new Piece(file, start, at, before, after, startLine));
            start = at;
            startLine = line;
            before = depth == 0 ? "" : section;
        }

        private void skipComment() {
            int end = file.indexOf('\n', at);
            at = end < 0 ? file.length() : end;
        }

        private void skipText() {
            begin();
            String quotes = file.startsWith("\"\"\"", at) ? "\"\"\"" : "\"";
            at += quotes.length();
            while (at < file.length() && !file.startsWith(quotes, at)) {
                if (file.charAt(at) == '\n') line++;
                at += quotes.length() == 1 && file.charAt(at) == '\\' ? 2 : 1;
            }
            at += quotes.length();
            while (quotes.length() == 3 && at < file.length() && file.charAt(at) == '"') at++;
        }

        private void open(char c) {
            if (depth == 0) section = c == '{' && field != NOWHERE ? opened() : "";
            depth++;
            plain(c);
        }

        /// The head of a section, up to and with its brace; empty if it is more than a plain name.
        private String opened() {
            Matcher head = SECTION.matcher(file).region(field, at);
            return head.matches() ? file.substring(field, at + 1) : "";
        }

        private void close(char c) {
            depth--;
            plain(c);
            isAfterBlock = c == '}';
        }

        private void plain(char c) {
            at++;
            if (c == ' ' || c == '\t' || c == '\r') return;
            isAfterBlock = false;
            if (c == ',' && depth == 0) field = NOWHERE;
            else if (depth == 0 && field == NOWHERE) field = at - 1;
        }

        private void begin() {
            isAfterBlock = false;
            if (depth == 0 && field == NOWHERE) field = at;
        }
    }
}
