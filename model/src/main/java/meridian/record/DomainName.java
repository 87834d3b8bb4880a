package meridian.record;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Objects;

/// A domain name, absolute, in wire form: labels with their lengths, and the root's empty label
/// last (RFC 1035 §3.1).
///
/// Names are equal whatever the case of their ASCII letters (RFC 4343), but remember how they were
/// written. The order is the canonical one of RFC 4034 §6.1: by labels from the right.
public final class DomainName implements Comparable<DomainName> {

    /// Octets of the longest name, lengths and root included (RFC 1035 §2.3.4).
    public static final int MAX_LENGTH = 255;

    /// Octets of the longest label.
    public static final int MAX_LABEL = 63;

    public static final DomainName ROOT = new DomainName(new byte[] {0});

    private final byte[] wire;
    private final int hash;

    private DomainName(byte[] wire) {
        this.wire = wire;
        this.hash = hashOf(wire, 0, wire.length);
    }

    /// Reads the presentation form: `www.example.com`, with or without its last dot, `\.` and
    /// `\ddd` as in RFC 1035 §5.1.
    ///
    /// @throws IllegalArgumentException naming the text and what is wrong with it
    public static DomainName of(String text) {
        if (text.isEmpty())
            throw new IllegalArgumentException("\"\" is empty; the root is written \".\"");
        if (text.equals(".")) return ROOT;
        var wire = new ByteArrayOutputStream();
        var label = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                endLabel(label, wire, text);
            } else if (c == '\\') {
                i += readEscape(text, i + 1, label);
            } else if (c == ' ') {
                throw needsEscape(text);
            } else {
                label.write(plain(c, text));
            }
        }
        if (label.size() > 0) endLabel(label, wire, text);
        wire.write(0);
        if (wire.size() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    quote(text) + " is longer than " + MAX_LENGTH + " octets");
        }
        return new DomainName(wire.toByteArray());
    }

    /// A name from uncompressed wire octets, which are copied.
    ///
    /// @throws IllegalArgumentException if they are not exactly one well-formed name
    public static DomainName ofWire(byte[] octets, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, octets.length);
        byte[] wire = Arrays.copyOfRange(octets, offset, offset + length);
        int at = 0;
        while (at < length && wire[at] != 0) {
            if ((wire[at] & 0xff) > MAX_LABEL)
                throw new IllegalArgumentException(
                        "no label can be " + (wire[at] & 0xff) + " octets long");
            at += 1 + wire[at];
        }
        if (at != length - 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "these " + length + " octets are not one domain name");
        }
        return wire.length == 1 ? ROOT : new DomainName(wire);
    }

    /// The hash that two names share when they differ only by case; for look-ups that have no
    /// `DomainName` yet.
    public static int hashOf(byte[] octets, int offset, int length) {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) hash = 31 * hash + lower(octets[i]);
        return hash;
    }

    /// The same hash with its bits mixed (as MurmurHash3 ends), for tables that take the lower
    /// ones: names that are numbered have hashes that are a lattice, and would stand in one
    /// another's way.
    public static int mixed(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85eb_ca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2_ae35;
        return mixed ^ (mixed >>> 16);
    }

    /// Octets of the wire form; the caller may keep them.
    public byte[] toWire() {
        return wire.clone();
    }

    public int wireLength() {
        return wire.length;
    }

    /// One octet of the wire form.
    public byte wireAt(int index) {
        return wire[index];
    }

    /// How many labels, the root not counted: 0 for the root, 3 for `www.example.com.`.
    public int labelCount() {
        int count = 0;
        for (int at = 0; wire[at] != 0; at += 1 + wire[at]) count++;
        return count;
    }

    public boolean isRoot() {
        return wire.length == 1;
    }

    /// Whether the first label is a lone asterisk (RFC 4592 §2.1.1).
    public boolean isWildcard() {
        return wire[0] == 1 && wire[1] == '*';
    }

    /// The name without its first label.
    ///
    /// @throws IllegalStateException for the root
    public DomainName parent() {
        if (isRoot()) throw new IllegalStateException("the root has no parent");
        return suffix(1);
    }

    /// The name without its first `labels` labels.
    ///
    /// @throws IllegalArgumentException if it has fewer
    public DomainName suffix(int labels) {
        int at = 0;
        for (int i = 0; i < labels; i++) {
            if (wire[at] == 0)
                throw new IllegalArgumentException(
                        this + " has no " + labels + " labels to leave out");
            at += 1 + wire[at];
        }
        return at == wire.length - 1
                ? ROOT
                : new DomainName(Arrays.copyOfRange(wire, at, wire.length));
    }

    /// The asterisk label before this name.
    ///
    /// @throws IllegalArgumentException if the result is too long
    public DomainName wildcard() {
        return prefixedBy(new byte[] {1, '*'});
    }

    /// Whether this is `ancestor` or a name below it.
    public boolean isAtOrBelow(DomainName ancestor) {
        return ancestor.isAtOrAbove(wire, wire.length);
    }

    /// Whether the name in these octets, up to `end`, is this one or below it.
    public boolean isAtOrAbove(byte[] name, int end) {
        int from = end - wire.length;
        if (from < 0 || !sameIgnoringCase(name, from, wire, 0, wire.length)) return false;
        int at = 0;
        while (at < from) at += 1 + name[at];
        return at == from;
    }

    public boolean isBelow(DomainName ancestor) {
        return wire.length > ancestor.wire.length && isAtOrBelow(ancestor);
    }

    /// This name with its suffix `from` replaced by `to`, as DNAME does (RFC 6672 §2.2).
    ///
    /// @throws IllegalArgumentException if this is not below `from`, or the result is too long
    public DomainName withSuffix(DomainName from, DomainName to) {
        if (!isBelow(from)) throw new IllegalArgumentException(this + " is not below " + from);
        return to.prefixedBy(Arrays.copyOf(wire, wire.length - from.wire.length));
    }

    private DomainName prefixedBy(byte[] labels) {
        if (labels.length + wire.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a name before " + this + " would be longer than " + MAX_LENGTH + " octets");
        }
        byte[] longer = Arrays.copyOf(labels, labels.length + wire.length);
        System.arraycopy(wire, 0, longer, labels.length, wire.length);
        return new DomainName(longer);
    }

    @Override
    public int compareTo(DomainName other) {
        int mine = labelCount();
        int theirs = other.labelCount();
        for (int i = 1; i <= Math.min(mine, theirs); i++) {
            int order = compareLabels(labelStart(mine - i), other, other.labelStart(theirs - i));
            if (order != 0) return order;
        }
        return Integer.compare(mine, theirs);
    }

    private int compareLabels(int at, DomainName other, int otherAt) {
        int length = wire[at];
        int otherLength = other.wire[otherAt];
        for (int i = 1; i <= Math.min(length, otherLength); i++) {
            int order = Byte.compareUnsigned(lower(wire[at + i]), lower(other.wire[otherAt + i]));
            if (order != 0) return order;
        }
        return Integer.compare(length, otherLength);
    }

    private int labelStart(int index) {
        int at = 0;
        for (int i = 0; i < index; i++) at += 1 + wire[at];
        return at;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DomainName name
                && hash == name.hash
                && wire.length == name.wire.length
                && sameIgnoringCase(wire, 0, name.wire, 0, wire.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /// The presentation form, with its last dot.
    @Override
    public String toString() {
        if (isRoot()) return ".";
        var text = new StringBuilder();
        for (int at = 0; wire[at] != 0; at += 1 + wire[at]) {
            for (int i = at + 1; i <= at + wire[at]; i++) appendEscaped(wire[i] & 0xff, text);
            text.append('.');
        }
        return text.toString();
    }

    private static void appendEscaped(int octet, StringBuilder text) {
        if (octet <= ' ' || octet > '~') {
            text.append('\\')
                    .append((char) ('0' + octet / 100))
                    .append((char) ('0' + octet / 10 % 10))
                    .append((char) ('0' + octet % 10));
        } else {
            if (".\\\"();@$".indexOf(octet) >= 0) text.append('\\');
            text.append((char) octet);
        }
    }

    private static void endLabel(
            ByteArrayOutputStream label, ByteArrayOutputStream wire, String text) {
        if (label.size() == 0)
            throw new IllegalArgumentException(
                    quote(text) + " has an empty label; labels of 1 to 63 octets are accepted");
        if (label.size() > MAX_LABEL) {
            throw new IllegalArgumentException(
                    quote(text) + " has a label longer than " + MAX_LABEL + " octets");
        }
        wire.write(label.size());
        wire.writeBytes(label.toByteArray());
        label.reset();
    }

    /// Reads what a backslash before `at` escapes: three digits, or one other character.
    ///
    /// @return how many characters that is
    private static int readEscape(String text, int at, ByteArrayOutputStream label) {
        if (at == text.length())
            throw new IllegalArgumentException(quote(text) + " ends in a lone backslash");
        if (!isDigit(text, at)) {
            label.write(plain(text.charAt(at), text));
            return 1;
        }
        if (!isDigit(text, at + 1) || !isDigit(text, at + 2))
            throw new IllegalArgumentException(
                    quote(text) + " has a backslash before 1 or 2 digits; \\032 has three");
        int code = Integer.parseInt(text.substring(at, at + 3));
        if (code > 255)
            throw new IllegalArgumentException(
                    quote(text) + " has \\" + code + ", and no octet is above \\255");
        label.write(code);
        return 3;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static char plain(char c, String text) {
        if (c < ' ' || c > '~') throw needsEscape(text);
        return c;
    }

    private static IllegalArgumentException needsEscape(String text) {
        return new IllegalArgumentException(
                quote(text)
                        + " has a character that needs an escape, as in \\032; international names are"
                        + " written in their xn-- form");
    }

    /// Whether two runs of octets are the same but for the case of their letters.
    public static boolean sameIgnoringCase(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
        for (int i = 0; i < length; i++) {
            if (lower(a[aFrom + i]) != lower(b[bFrom + i])) return false;
        }
        return true;
    }

    /// An octet of a name in lower case. Label lengths are below 64 and letters above, so one rule
    /// serves both.
    public static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + ('a' - 'A')) : octet;
    }

    private static String quote(String text) {
        return "\"" + text + "\"";
    }
}
