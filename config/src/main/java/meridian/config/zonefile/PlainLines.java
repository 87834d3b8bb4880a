package meridian.config.zonefile;

import java.util.Arrays;
import meridian.record.DomainName;
import meridian.record.Octets;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/// The lines of a master file that nearly all of a large one are: a record of a common type on one
/// line, without an escape or a parenthesis.
///
/// ```
/// [owner] [TTL] [IN] (A | AAAA | NS | CNAME | PTR | MX | TXT) data [; comment]
/// ```
///
/// Whatever else a line is, or is wrong with it, it is not *plain*, and dnsjava's to read: so
/// nothing is refused here. A million lines take 1.7 s when a process starts, and by dnsjava 4.1 s.
/// `PlainLinesTest` holds the two to the same records and problems.
final class PlainLines {

    private static final int MOST_TTL_DIGITS = 9;
    private static final int MOST_TEXT = 0xffff;
    private static final boolean[] IN_WORDS = new boolean[128];

    static {
        String others = "-_*/.:@";
        for (char c = '0'; c <= 'z'; c++)
            IN_WORDS[c] = Character.isLetterOrDigit(c) || others.indexOf(c) >= 0;
        for (int i = 0; i < others.length(); i++) IN_WORDS[others.charAt(i)] = true;
    }

    /// What is looked at of a file at once; a line that is longer is not plain.
    private static final int WINDOW = 1 << 16;

    private final Octets file;
    private final byte[] octets = new byte[WINDOW];

    /// Where the window begins in the file, and how much of it is filled.
    private int base;

    private int filled;
    private final WireRecord record = new WireRecord(new byte[256], new byte[0x10000]);
    private final byte[] named = new byte[256];
    private byte[] origin = {0};

    /// Where the next line begins.
    private int lineStart;

    private int line = 1;
    private boolean hasOwner;
    private long ttl;

    // Within a line, in the window.
    private int at;
    private int end;
    private int wordStart;

    PlainLines(Octets file) {
        this.file = file;
    }

    /// Goes on at a line.
    ///
    /// @param owner of lines that name none; nothing if such a line is not plain
    void goTo(int lineStart, int line, byte[] origin, byte[] owner) {
        this.lineStart = lineStart;
        this.line = line;
        this.origin = origin;
        setOwner(owner, owner.length);
    }

    /// Where the first line is that was not read.
    int offset() {
        return lineStart;
    }

    /// Its number.
    int line() {
        return line;
    }

    WireRecord record() {
        return record;
    }

    long ttl() {
        return ttl;
    }

    /// The owner of the last record in wire form; nothing if there was none.
    byte[] owner() {
        return hasOwner ? Arrays.copyOf(record.owner, record.ownerLength) : new byte[0];
    }

    /// Reads the next record. False where the next line is not plain; lines with nothing on them
    /// are left behind.
    ///
    /// @param usualTtl of a record that says none; below 0: such a record is not plain
    boolean next(long usualTtl) {
        while (findLine()) {
            boolean isOwnerless = at < end && isBlank(octets[at]);
            skipBlanks();
            boolean isEmpty = isAtEnd();
            if (!isEmpty && !readRecord(isOwnerless, usualTtl)) return false;
            lineStart = nextLine();
            line++;
            if (!isEmpty) return true;
        }
        return false;
    }

    /// False if there is no line that ends. To dnsjava a carriage return is an end, too, even in a
    /// comment; here only one before a line feed.
    private boolean findLine() {
        if (isLineInWindow()) return true;
        base = lineStart;
        filled = Math.min(WINDOW, file.size() - base);
        file.copyAcross(base, octets, filled);
        return isLineInWindow();
    }

    private boolean isLineInWindow() {
        at = lineStart - base;
        if (at < 0 || at > filled) return false;
        end = at;
        while (end < filled && octets[end] != '\n' && octets[end] != '\r') end++;
        if (end == filled) return false;
        return octets[end] == '\n' || (end + 1 < filled && octets[end + 1] == '\n');
    }

    private int nextLine() {
        return base + (octets[end] == '\r' ? end + 2 : end + 1);
    }

    private boolean readRecord(boolean isOwnerless, long usualTtl) {
        int length = isOwnerless ? 0 : readWord() ? readName(named, 0) : 0;
        if (isOwnerless ? !hasOwner : length == 0) return false;
        ttl = usualTtl;
        record.dclass = DClass.IN;
        record.setCanonical();
        if (!readHead() || ttl < 0 || !readData() || !isDone()) return false;
        if (!isOwnerless) setOwner(named, length);
        return true;
    }

    private void setOwner(byte[] owner, int length) {
        System.arraycopy(owner, 0, record.owner, 0, length);
        record.ownerLength = length;
        hasOwner = length > 0;
    }

    /// TTL and class in either order, each if given, and the type.
    private boolean readHead() {
        boolean hasTtl = false;
        boolean hasClass = false;
        while (readWord()) {
            if (!hasTtl && isDigit(octets[wordStart])) {
                ttl = number(MOST_TTL_DIGITS);
                if (ttl < 0) return false;
                hasTtl = true;
            } else if (!hasClass && isWord("IN")) {
                hasClass = true;
            } else {
                record.type = type();
                return record.type > 0;
            }
        }
        return false;
    }

    /// Of the word, or 0.
    private int type() {
        if (isWord("A")) return Type.A;
        if (isWord("AAAA")) return Type.AAAA;
        if (isWord("NS")) return Type.NS;
        if (isWord("CNAME")) return Type.CNAME;
        if (isWord("PTR")) return Type.PTR;
        if (isWord("MX")) return Type.MX;
        return isWord("TXT") ? Type.TXT : 0;
    }

    private boolean readData() {
        return switch (record.type) {
            case Type.A -> readWord() && readIpv4();
            case Type.AAAA -> readWord() && readIpv6();
            case Type.MX -> readWord() && readPreference() && readWord() && readTarget(2);
            case Type.TXT -> readTexts();
            default -> readWord() && readTarget(0);
        };
    }

    private boolean readIpv4() {
        int from = wordStart;
        for (int field = 0; field < 4; field++) {
            int digits = from;
            int value = 0;
            while (from < at && isDigit(octets[from])) value = 10 * value + octets[from++] - '0';
            boolean isLong = from - digits > 3 || (from - digits > 1 && octets[digits] == '0');
            if (from == digits || isLong || value > 255) return false;
            record.data[field] = (byte) value;
            boolean isLast = field == 3;
            if (isLast ? from != at : from == at || octets[from++] != '.') return false;
        }
        record.length = 4;
        return true;
    }

    /// Groups of hexadecimal digits; one gap, if any, stands for as many of zeros as are missing,
    /// two or more (RFC 5952 §4.2.2, and dnsjava).
    private boolean readIpv6() {
        int from = wordStart;
        int put = 0;
        int gap = -1;
        if (isColon(from) && isColon(from + 1)) {
            gap = 0;
            from += 2;
        }
        while (from < at) {
            int digits = from;
            int value = 0;
            for (; from < at && Character.digit(octets[from], 16) >= 0; from++)
                value = 16 * value + Character.digit(octets[from], 16);
            if (from == digits || from - digits > 4 || put == 16) return false;
            record.data[put++] = (byte) (value >> 8);
            record.data[put++] = (byte) value;
            if (from == at) break;
            if (!isColon(from++) || from == at) return false;
            if (!isColon(from)) continue;
            if (gap >= 0) return false;
            gap = put;
            from++;
        }
        if (gap < 0 ? put != 16 : put > 12) return false;
        if (gap >= 0) {
            System.arraycopy(record.data, gap, record.data, 16 - put + gap, put - gap);
            Arrays.fill(record.data, gap, 16 - put + gap, (byte) 0);
        }
        record.length = 16;
        return true;
    }

    private boolean isColon(int index) {
        return index < at && octets[index] == ':';
    }

    private boolean readPreference() {
        int value = number(5);
        record.data[0] = (byte) (value >> 8);
        record.data[1] = (byte) value;
        return value >= 0 && value <= 0xffff;
    }

    private boolean readTarget(int into) {
        int length = readName(record.data, into);
        record.length = into + length;
        if (length == 0) return false;
        boolean hasCapitals = false;
        for (int i = into; i < record.length; i++)
            hasCapitals |= record.data[i] >= 'A' && record.data[i] <= 'Z';
        if (hasCapitals) record.setCanonical(lower(into));
        return true;
    }

    private byte[] lower(int from) {
        byte[] lower = Arrays.copyOf(record.data, record.length);
        for (int i = from; i < lower.length; i++)
            if (lower[i] >= 'A' && lower[i] <= 'Z') lower[i] = (byte) (lower[i] + 'a' - 'A');
        return lower;
    }

    private boolean readTexts() {
        record.length = 0;
        for (skipBlanks(); !isAtEnd(); skipBlanks()) {
            boolean isQuoted = octets[at] == '"';
            if (isQuoted ? !readQuoted() : !readWord()) return false;
            int length = at - wordStart;
            if (length > 255 || record.length + 1 + length > MOST_TEXT) return false;
            record.data[record.length++] = (byte) length;
            System.arraycopy(octets, wordStart, record.data, record.length, length);
            record.length += length;
            if (isQuoted) at++;
            if (!isAtEnd() && !isBlank(octets[at])) return false;
        }
        return record.length > 0;
    }

    /// Stops at the quote that ends it.
    private boolean readQuoted() {
        wordStart = ++at;
        while (at < end && octets[at] != '"') {
            if (octets[at] < ' ' || octets[at] > '~' || octets[at] == '\\') return false;
            at++;
        }
        return at < end;
    }

    /// The name that the word is, in wire form.
    ///
    /// @return its length; 0 if it is none that is plain
    private int readName(byte[] into, int from) {
        int length = at - wordStart;
        if (length == 1 && octets[wordStart] == '@') return putOrigin(into, from, 0);
        if (length == 1 && octets[wordStart] == '.') {
            into[from] = 0;
            return 1;
        }
        if (length >= DomainName.MAX_LENGTH) return 0;
        int label = from;
        int put = from + 1;
        for (int i = wordStart; i < at; i++) {
            byte octet = octets[i];
            if (octet == '.') {
                if (!endLabel(into, label, put)) return 0;
                label = put++;
            } else if (octet == '@' || octet == ':') {
                return 0;
            } else {
                into[put++] = octet;
            }
        }
        if (octets[at - 1] == '.') {
            into[label] = 0;
            return put - from;
        }
        return endLabel(into, label, put) ? putOrigin(into, from, put - from) : 0;
    }

    private static boolean endLabel(byte[] into, int label, int end) {
        int length = end - label - 1;
        into[label] = (byte) length;
        return length > 0 && length <= DomainName.MAX_LABEL;
    }

    private int putOrigin(byte[] into, int from, int length) {
        if (length + origin.length > DomainName.MAX_LENGTH) return 0;
        System.arraycopy(origin, 0, into, from + length, origin.length);
        return length + origin.length;
    }

    private boolean isDone() {
        skipBlanks();
        return isAtEnd();
    }

    /// The next word, from `wordStart` to `at`.
    private boolean readWord() {
        skipBlanks();
        wordStart = at;
        while (at < end && octets[at] >= 0 && IN_WORDS[octets[at]]) at++;
        return at > wordStart && (isAtEnd() || isBlank(octets[at]));
    }

    private void skipBlanks() {
        while (at < end && isBlank(octets[at])) at++;
    }

    private boolean isAtEnd() {
        return at == end || octets[at] == ';';
    }

    private boolean isWord(String word) {
        if (at - wordStart != word.length()) return false;
        for (int i = 0; i < word.length(); i++)
            if ((octets[wordStart + i] & ~0x20) != word.charAt(i)) return false;
        return true;
    }

    /// The number that the word is, or -1.
    private int number(int mostDigits) {
        if (at - wordStart > mostDigits) return -1;
        int value = 0;
        for (int i = wordStart; i < at; i++) {
            if (!isDigit(octets[i])) return -1;
            value = 10 * value + octets[i] - '0';
        }
        return value;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
