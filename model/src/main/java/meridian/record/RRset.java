package meridian.record;

import java.util.Arrays;
import java.util.List;

/// All records of one owner and type in class IN; the TTL belongs to the set (RFC 2181 §5.2).
///
/// @param ttl seconds, 0 to 2³¹−1 (RFC 2181 §8)
/// @param rdata the data of each record in uncompressed wire form; at least one, none twice
public record RRset(DomainName owner, RecordType type, long ttl, List<byte[]> rdata) {

    public RRset {
        if (ttl < 0 || ttl > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    owner + " " + type + " has the TTL " + ttl + "; 0 to 2147483647 is accepted");
        }
        if (rdata.isEmpty())
            throw new IllegalArgumentException(owner + " " + type + " has no record");
        rdata = List.copyOf(rdata);
    }

    /// The same records as if `owner` owned them: what a wildcard gives (RFC 4592 §3.3.1).
    public RRset ownedBy(DomainName owner) {
        return new RRset(owner, type, ttl, rdata);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RRset(var otherOwner, var otherType, var otherTtl, var otherRdata)
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
