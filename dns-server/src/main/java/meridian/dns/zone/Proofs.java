package meridian.dns.zone;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// What a signed zone can show: who signed its RRsets, and what there is not. All of it is made
/// before anyone asks.
public final class Proofs {

    private final List<List<byte[]>> signatures;
    private final Chain chain;
    private final Map<Without, RRset> without;

    /// A steered type that a name has, and for which there is nothing to answer for a while.
    public record Without(DomainName owner, RecordType type) {}

    /// @param signatures of the zone's RRsets, by their positions
    /// @param without the signed record about each name in the state that it has nothing of a type
    public Proofs(List<List<byte[]>> signatures, Chain chain, Map<Without, RRset> without) {
        this.signatures = List.copyOf(signatures);
        this.chain = chain;
        this.without = Map.copyOf(without);
    }

    /// Of an RRset of the zone, by its position.
    public List<byte[]> signatures(int set) {
        return signatures.get(set);
    }

    public Chain chain() {
        return chain;
    }

    /// Whether names have this type, those of aliases too, since the zone is signed.
    boolean adds(RecordType type) {
        return type.equals(RecordType.RRSIG) || chain.adds(type);
    }

    /// What a name has of such a type. Who asks for signatures alone gets those of one RRset, which
    /// is answer enough (RFC 8482 §4.1): of what the chain has at the name, or else of the first.
    Optional<RRset> added(DomainName owner, RecordType type, Supplier<Stream<RRset>> ofName) {
        Optional<RRset> own = chain.at(owner);
        if (!type.equals(RecordType.RRSIG)) return own;
        return own.or(() -> ofName.get().filter(it -> !it.signatures().isEmpty()).findFirst())
                .map(it -> new RRset(it.owner(), type, it.ttl(), it.signatures()));
    }

    /// The record about a name that has nothing of a steered type for now, if such a state was
    /// foreseen.
    public Optional<RRset> without(DomainName owner, RecordType type) {
        return Optional.ofNullable(without.get(new Without(owner, type)));
    }

    /// That there is nothing of a steered type for now.
    ///
    /// @param missing as in [Chain#noData]
    List<RRset> ofNothing(DomainName owner, RecordType type, List<RRset> missing) {
        return without(owner, type)
                .map(about -> chain.noData(about, owner, missing))
                .orElseGet(() -> chain.noData(owner, missing));
    }
}
