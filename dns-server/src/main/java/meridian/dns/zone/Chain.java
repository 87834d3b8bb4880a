package meridian.dns.zone;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    /// That a name has nothing of a type that it does not list.
    ///
    /// @param missing that the name which was asked for does not exist, if this is the wildcard
    ///   that makes it
    List<RRset> noData(DomainName name, List<RRset> missing);

    /// The same by another record about the name.
    List<RRset> noData(RRset about, DomainName name, List<RRset> missing);

    /// That a name does not exist which a wildcard makes.
    List<RRset> missing(byte[] wire, int encloser);

    /// That neither a name exists nor the wildcard that would make it.
    List<RRset> nameError(byte[] wire, int encloser);

    /// Each of them once.
    static List<RRset> joined(List<RRset> one, List<RRset> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }
}
