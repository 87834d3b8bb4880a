package meridian.dns.ready;

import static meridian.dns.BigEndian.LONGS;
import static meridian.dns.BigEndian.SHORTS;

import java.nio.ByteBuffer;
import meridian.dns.Tails;
import meridian.dns.wire.Cookie;
import meridian.dns.wire.Header;
import meridian.dns.wire.Nsid;
import meridian.dns.wire.ZoneVersion;
import meridian.record.DomainName;

/// A query as far as the [FastPath] understands it, read without an object; the next one overwrites
/// it.
///
/// ```
/// header (12) | name, type, class | (OPT: root, 41, payload (2), 0, 0, flags (2), length (2) | options)
/// ```
final class PlainQuery {

    /// A longer query carries what is not understood here.
    private static final int MAX_QUERY = 512;

    private static final int HEADER = Header.LENGTH;

    /// As many labels as [Tails] count on; names of hosts have five, of IPv6 addresses 34.
    private static final int MOST_LABELS = 64;

    static final int A = 1;
    static final int AAAA = 28;
    static final int HTTPS = 65;
    private static final int IN = 1;

    /// QR and opcode, which must be 0.
    private static final int NO_PLAIN_QUERY = 0xf800;

    /// The counts of a header: one question, and nothing else but for an additional record.
    static final long ONE_QUESTION = 1L << 48;

    /// An OPT record begins with the root and its type.
    static final int OPT = 41;

    static final int OPT_LENGTH = 11;
    static final int DO = 0x8000;
    private static final int CLIENT_SUBNET = 8;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;

    /// The query as it came, and behind it octets that may be read with the last.
    final byte[] octets = new byte[MAX_QUERY + Long.BYTES];

    /// Its name, in lower case.
    final byte[] name = new byte[DomainName.MAX_LENGTH + 2 * Tails.PADDING];

    // What one query said. Only the fast path reads them, and knows when they mean something.
    private int length;
    int qname;
    int type;
    boolean hasOpt;
    int accepted;
    boolean dnssecOk;

    /// Where the subnet's option begins, and how much of it an address is; 0 if there is none.
    int subnetAt;

    int subnetLength;
    boolean subnetIsIpv4;
    int subnetSource;
    long subnetHigh;
    long subnetLow;

    /// Octets of the cookie's option; 0 if there is none.
    int cookieLength;

    long clientCookie;
    long cookieHead;
    long cookieHash;

    /// Whether this is a plain query.
    boolean read(ByteBuffer asked) {
        length = asked.remaining();
        if (length < HEADER + 5 || length > MAX_QUERY) return false;
        asked.get(asked.position(), octets, 0, length);
        long counts = (long) LONGS.get(octets, 4);
        hasOpt = counts == ONE_QUESTION + 1;
        return (u16(2) & NO_PLAIN_QUERY) == 0
                && (hasOpt || counts == ONE_QUESTION)
                && readQuestion()
                && (hasOpt ? readOpt(HEADER + qname + 4) : HEADER + qname + 4 == length);
    }

    /// Walks the labels, and copies the name in lower case.
    private boolean readQuestion() {
        int at = HEADER;
        int label = octets[at];
        for (int labels = 0; label != 0; labels++) {
            at += 1 + label;
            if (label < 0 || label > DomainName.MAX_LABEL || labels == MOST_LABELS || at >= length)
                return false;
            label = octets[at];
        }
        qname = at + 1 - HEADER;
        if (qname == 1 || qname > DomainName.MAX_LENGTH || at + 5 > length) return false;
        lowerName();
        type = u16(at + 1);
        return u16(at + 3) == IN && Tails.isPlain(type);
    }

    /// Eight octets at a time; lengths of labels are below the letters. An octet between A and Z
    /// has its highest bit in the one sum and not in the other, and becomes 32 more.
    private void lowerName() {
        for (int i = 0; i < qname; i += Long.BYTES) {
            long eight = (long) LONGS.get(octets, HEADER + i);
            long low = eight & 0x7f7f_7f7f_7f7f_7f7fL;
            long fromA = low + 0x3f3f_3f3f_3f3f_3f3fL;
            long aboveZ = low + 0x2525_2525_2525_2525L;
            long capitals = fromA & ~aboveZ & ~eight & 0x8080_8080_8080_8080L;
            LONGS.set(name, i, eight | capitals >>> 2);
        }
        LONGS.set(name, qname, 0L);
    }

    /// One OPT record of version 0, and nothing behind it (RFC 6891 §6.1). Who is answering and of
    /// which version is for people to ask, and the responder to say.
    private boolean readOpt(int at) {
        int options = at + OPT_LENGTH;
        if (options > length || octets[at] != 0 || u16(at + 1) != OPT) return false;
        if (octets[at + 6] != 0 || options + u16(at + 9) != length) return false;
        accepted = u16(at + 3);
        dnssecOk = (u16(at + 7) & DO) != 0;
        subnetAt = 0;
        cookieLength = 0;
        while (options < length) {
            if (options + 4 > length) return false;
            int next = options + 4 + u16(options + 2);
            if (next > length) return false;
            int code = u16(options);
            if (code == CLIENT_SUBNET && !readSubnet(options, next)) return false;
            if (code == Cookie.CODE && !readCookie(options + 4, next)) return false;
            if (code == Nsid.CODE || code == ZoneVersion.CODE) return false;
            options = next;
        }
        return true;
    }

    /// RFC 7871 §6: no scope yet, exactly as many octets as the source prefix needs, and no bit
    /// behind it. The option goes back as it came but for its scope, so it is only remembered.
    private boolean readSubnet(int at, int end) {
        if (subnetAt != 0 || end - at < 8 || octets[at + 7] != 0) return false;
        int family = u16(at + 4);
        subnetSource = octets[at + 6] & 0xff;
        int carried = (subnetSource + 7) / 8;
        subnetIsIpv4 = family == IPV4;
        if (!subnetIsIpv4 && family != IPV6) return false;
        if (subnetSource > (subnetIsIpv4 ? 32 : 128) || end - at != 8 + carried) return false;
        subnetHigh = leading(at + 8, carried);
        subnetLow = carried > 8 ? leading(at + 16, carried - 8) : 0;
        if (hasBitsBehind(subnetSource)) return false;
        if (subnetIsIpv4) {
            subnetLow = subnetHigh >>> 32;
            subnetHigh = 0;
        }
        subnetAt = at;
        subnetLength = end - at;
        return true;
    }

    /// RFC 7873 §5.2: of several the first counts.
    private boolean readCookie(int at, int end) {
        if (cookieLength > 0) return true;
        cookieLength = end - at;
        if (!Cookie.isLength(cookieLength)) return false;
        boolean isLikeOurs = cookieLength == Cookie.LENGTH;
        clientCookie = (long) LONGS.get(octets, at);
        cookieHead = isLikeOurs ? (long) LONGS.get(octets, at + 8) : 0;
        cookieHash = isLikeOurs ? (long) LONGS.get(octets, at + 16) : 0;
        return true;
    }

    /// The first octets of those here as the upper ones of a number, and zeros.
    private long leading(int at, int count) {
        if (count == 0) return 0;
        long all = (long) LONGS.get(octets, at);
        return count >= 8 ? all : all >>> (64 - 8 * count) << (64 - 8 * count);
    }

    private boolean hasBitsBehind(int source) {
        long behindHigh = source >= 64 ? 0 : -1L >>> source;
        long behindLow = source >= 128 ? 0 : source <= 64 ? -1L : -1L >>> (source - 64);
        return (subnetHigh & behindHigh) != 0 || (subnetLow & behindLow) != 0;
    }

    int flags() {
        return u16(2);
    }

    private int u16(int at) {
        return (short) SHORTS.get(octets, at) & 0xffff;
    }
}
