package meridian.config.zonefile;

import java.util.OptionalInt;
import meridian.record.Octets;

/// Where an entry of a master file ends: at the end of a line outside of parentheses.
///
/// @param offset of the first octet behind the entry
/// @param unclosed where a parenthesis opens that never closes, so that all the rest is one entry
record EntryEnd(int offset, OptionalInt unclosed) {

    /// The end of the entry that begins at `from`.
    static EntryEnd of(Octets octets, int from) {
        int depth = 0;
        int opened = from;
        boolean quoted = false;
        boolean comment = false;
        for (int at = from; at < octets.size(); at++) {
            switch (octets.get8(at)) {
                case '\n' -> {
                    if (depth <= 0) return new EntryEnd(at + 1, OptionalInt.empty());
                    quoted = false;
                    comment = false;
                }
                case '\\' -> at++;
                case ';' -> comment |= !quoted;
                case '"' -> quoted ^= !comment;
                case '(' -> {
                    if (quoted || comment) break;
                    if (depth == 0) opened = at;
                    depth++;
                }
                case ')' -> depth -= quoted || comment ? 0 : 1;
                default -> {}
            }
        }
        return new EntryEnd(
                octets.size(), depth > 0 ? OptionalInt.of(opened) : OptionalInt.empty());
    }

    /// How many line ends are in `[from, to)`.
    static int lines(Octets octets, int from, int to) {
        int lines = 0;
        for (int at = from; at < to; at++) if (octets.get8(at) == '\n') lines++;
        return lines;
    }
}
