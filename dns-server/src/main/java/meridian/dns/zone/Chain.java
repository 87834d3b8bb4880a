package meridian.dns.zone;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.signing.Denial;

/// What shows what there is not in a signed zone: signed records, each about one name and what
/// follows it, all made before anyone asks.
///
/// A name that was asked for, and does not exist, is given as its wire form and where in that its
/// closest encloser begins, which does.
public sealed interface Chain permits NsecChain, HashedChain {

    /// All of it, in its order.
    List<RRset> records();

    /// The record about a name, if there is one.
    Optional<RRset> about(DomainName name);

    Denial denial();

    /// Whether names have this type since they are in the chain.
    boolean adds(RecordType type);

    /// The record of the chain that a name owns, if it owns one.
    Optional<RRset> at(DomainName name);

    /// The record about a name that exists; where that owns nothing, what says so.
    RRset of(DomainName name);

    /// That a name does not exist.
    RRset missing(byte[] wire, int encloser);

    /// That an encloser exists, as far as it takes a record to say so, and has no wildcard.
    List<RRset> noWildcard(DomainName encloser);

    /// The record about a wildcard, with what says where the wildcard is.
    List<RRset> ofWildcard(RRset about, DomainName wildcard);

    /// The same by the chain's own record.
    default List<RRset> ofWildcard(DomainName wildcard) {
        return ofWildcard(of(wildcard), wildcard);
    }

    /// That neither a name exists nor the wildcard that would make it.
    default List<RRset> nameError(byte[] wire, int encloser) {
        DomainName above = DomainName.ofWire(wire, encloser, wire.length - encloser);
        return joined(noWildcard(above), List.of(missing(wire, encloser)));
    }

    /// That a name has nothing of a type that its record does not list.
    ///
    /// @param missing that the name which was asked for does not exist, if this is the wildcard
    ///   that makes it
    default List<RRset> noData(DomainName name, List<RRset> missing) {
        return noData(of(name), name, missing);
    }

    /// The same by a record that lists less than the chain's.
    default List<RRset> noData(RRset about, DomainName name, List<RRset> missing) {
        return missing.isEmpty() ? List.of(about) : joined(ofWildcard(about, name), missing);
    }

    /// All of one, and of another what is about other names.
    static List<RRset> joined(List<RRset> one, List<RRset> other) {
        var all = new ArrayList<>(one);
        for (RRset record : other)
            if (one.stream().noneMatch(it -> it.owner().equals(record.owner()))) all.add(record);
        return List.copyOf(all);
    }
}
