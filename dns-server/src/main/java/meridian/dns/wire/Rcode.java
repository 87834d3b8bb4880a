package meridian.dns.wire;

/// How a response ends (RFC 1035 §4.1.1, RFC 2136 §2.2, RFC 6891 §9, RFC 7873 §8).
public enum Rcode {
    NOERROR(0),
    FORMERR(1),
    SERVFAIL(2),
    NXDOMAIN(3),
    NOTIMP(4),
    REFUSED(5),
    YXDOMAIN(6),
    NOTAUTH(9),
    BADVERS(16),
    BADCOOKIE(23);

    private final int number;

    Rcode(int number) {
        this.number = number;
    }

    /// Above 15 only with EDNS, whose OPT record carries the upper eight bits.
    public int number() {
        return number;
    }
}
