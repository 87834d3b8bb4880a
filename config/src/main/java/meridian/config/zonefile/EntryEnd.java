package meridian.config.zonefile;

/// Where an entry of a master file ends: at the end of a line outside of parentheses.
final class EntryEnd {

    private EntryEnd() {}

    /// The offset of the first octet behind the entry that begins at `from`.
    static int of(byte[] octets, int from) {
        int depth = 0;
        boolean quoted = false;
        boolean comment = false;
        for (int at = from; at < octets.length; at++) {
            switch (octets[at]) {
                case '\n' -> {
                    if (depth <= 0) return at + 1;
                    quoted = false;
                    comment = false;
                }
                case '\\' -> at++;
                case ';' -> comment |= !quoted;
                case '"' -> quoted ^= !comment;
                case '(' -> depth += quoted || comment ? 0 : 1;
                case ')' -> depth -= quoted || comment ? 0 : 1;
                default -> {}
            }
        }
        return octets.length;
    }

    /// How many line ends are in `[from, to)`.
    static int lines(byte[] octets, int from, int to) {
        int lines = 0;
        for (int at = from; at < to; at++) if (octets[at] == '\n') lines++;
        return lines;
    }
}
