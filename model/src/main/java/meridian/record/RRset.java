package meridian.record;

import java.util.Arrays;
import java.util.List;

/// All records of one owner and type in class IN; the TTL belongs to the set (RFC 2181 §5.2).
///
/// Two sets are the same if their records are, whoever signed them.
///
/// @param ttl seconds, 0 to 2³¹−1 (RFC 2181 §8)
/// @param rdata the data of each record in uncompressed wire form; at least one, none twice
/// @param signatures the data of the RRSIG records that go with it to whoever asks for them (RFC
///   4035 §3.1); none in a zone that is not signed
public record RRset(
        DomainName owner, RecordType type, long ttl, List<byte[]> rdata, List<byte[]> signatures) {

    public RRset(DomainName owner, RecordType type, long ttl, List<byte[]> rdata) {
        this(owner, type, ttl, rdata, List.of());
    }

    public RRset {
        if (ttl < 0 || ttl > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    owner + " " + type + " has the TTL " + ttl + "; 0 to 2147483647 is accepted");
        }
        if (rdata.isEmpty())
            throw new IllegalArgumentException(owner + " " + type + " has no record");
        rdata = List.copyOf(rdata);
        signatures = List.copyOf(signatures);
    }

    /// The same records as if `owner` owned them: what a wildcard gives (RFC 4592 §3.3.1).
    public RRset ownedBy(DomainName owner) {
        return new RRset(owner, type, ttl, rdata, signatures);
    }

    public RRset signedBy(List<byte[]> signatures) {
        return new RRset(owner, type, ttl, rdata, signatures);
    }

    /// The same for so long, signatures and all: they hold for any lower TTL (RFC 4035 §5.3.3).
    public RRset livingFor(long ttl) {
        return new RRset(owner, type, ttl, rdata, signatures);
    }

    @Override
    public boolean equals(Object other) {
        return other
                        instanceof
                        RRset(var otherOwner, var otherType, var otherTtl, var otherRdata, var _)
                && owner.equals(otherOwner)
                && type.equals(otherType)
                && ttl == otherTtl
                && rdata.size() == otherRdata.size()
                && sameRdata(otherRdata);
    }

    private boolean sameRdata(List<byte[]> others) {
        for (int i = 0; i < rdata.size(); i++) {
            if (!Arrays.equals(rdata.get(i), others.get(i))) return false;
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 31 * owner.hashCode() + type.hashCode();
        for (byte[] one : rdata) hash = 31 * hash + Arrays.hashCode(one);
        return hash;
    }
}
