package meridian.dns;

import meridian.record.DomainName;
import meridian.record.Octets;

/// Labels as octets whose order is that of names in a zone (RFC 4034 §6.1): the last label first,
/// each in lower case with a 0 behind it. 0 and 1 themselves are a 1 and one more.
///
/// One is filled again and again, so that a query costs no object.
final class CanonicalKey {

    /// Of labels alone that are all zeros.
    private static final int MOST = 2 * DomainName.MAX_LENGTH;

    private static final int MOST_LABELS = 128;

    private final byte[] octets = new byte[MOST];
    private final int[] labels = new int[MOST_LABELS];
    private int length;

    /// Takes the labels from the beginning of a name in wire form up to `end`.
    void set(byte[] name, int end) {
        int count = 0;
        for (int at = 0; at < end; at += 1 + name[at]) labels[count++] = at;
        length = 0;
        while (count > 0) putLabel(name, labels[--count]);
    }

    private void putLabel(byte[] name, int at) {
        for (int i = at + 1; i <= at + name[at]; i++) {
            byte octet = DomainName.lower(name[i]);
            boolean isEscaped = octet == 0 || octet == 1;
            if (isEscaped) octets[length++] = 1;
            octets[length++] = isEscaped ? (byte) (octet + 1) : octet;
        }
        octets[length++] = 0;
    }

    /// Puts it, with its length before it.
    int put(Octets to) {
        to.reserve(2 + length);
        int at = to.put16(length);
        to.put(octets, 0, length);
        return at;
    }

    /// Compares it with one that was put.
    int compareTo(Octets others, int at) {
        int other = others.get16(at);
        int both = Math.min(length, other);
        for (int i = 0; i < both; i++) {
            int difference = (octets[i] & 0xff) - others.get8(at + 2 + i);
            if (difference != 0) return difference;
        }
        return length - other;
    }
}
