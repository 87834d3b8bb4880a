package meridian.dns.zone;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// What a signed zone can show: who signed its RRsets, and what there is not. All of it is made
/// before anyone asks.
///
/// The chain has an NSEC for each name that owns anything of ours, in canonical order. Of any name
/// the one at or before it says all: what types the name has, or that it is not there, or that it
/// exists only because of names below it (RFC 4035 §3.1.3).
public final class Proofs {

    private final List<List<byte[]>> signatures;
    private final RRset[] chain;
    private final Map<Without, RRset> without;

    /// A steered type that a name has, and for which there is nothing to answer for a while.
    public record Without(DomainName owner, RecordType type) {}

    /// @param signatures of the zone's RRsets, by their positions
    /// @param chain signed NSEC records in canonical order; the first is the apex's
    /// @param without the signed NSEC of each name in the state that it has nothing of a type
    public Proofs(List<List<byte[]>> signatures, List<RRset> chain, Map<Without, RRset> without) {
        this.signatures = List.copyOf(signatures);
        this.chain = chain.toArray(RRset[]::new);
        this.without = Map.copyOf(without);
        for (int i = 1; i < this.chain.length; i++)
            if (ORDER.compare(this.chain[i - 1], this.chain[i]) >= 0)
                throw new IllegalArgumentException(
                        this.chain[i].owner() + " is out of order in the chain of names");
    }

    private static final Comparator<RRset> ORDER = Comparator.comparing(RRset::owner);

    /// Of an RRset of the zone, by its position.
    public List<byte[]> signatures(int set) {
        return signatures.get(set);
    }

    /// The signed NSEC records, one for each name that owns anything of ours.
    public List<RRset> chain() {
        return Collections.unmodifiableList(Arrays.asList(chain));
    }

    /// The NSEC at the name, or at the last one before it.
    ///
    /// @param name at or below the apex
    RRset at(DomainName name) {
        return chain[indexOf(name)];
    }

    /// The same, and those of the names below it, which follow on it.
    List<RRset> around(DomainName name) {
        int first = indexOf(name);
        int end = first + 1;
        while (end < chain.length && chain[end].owner().isBelow(name)) end++;
        return Arrays.asList(chain).subList(first, end);
    }

    private int indexOf(DomainName name) {
        int low = 0;
        int high = chain.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (chain[middle].owner().compareTo(name) <= 0) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    /// That there is nothing of a steered type for now; what the name has otherwise, if no such
    /// state was foreseen.
    public RRset without(DomainName owner, RecordType type) {
        RRset found = without.get(new Without(owner, type));
        return found == null ? at(owner) : found;
    }

    /// The NSEC that a name owns.
    public Optional<RRset> own(DomainName name) {
        return Optional.of(at(name)).filter(nsec -> nsec.owner().equals(name));
    }
}
