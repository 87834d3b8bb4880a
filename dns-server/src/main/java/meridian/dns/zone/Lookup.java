package meridian.dns.zone;

import java.util.List;
import java.util.Optional;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// What a zone says about one name and type. RRsets bear the name that was asked for, whether a
/// wildcard gave them or not.
///
/// In a signed zone they bear their signatures, and there is *proof* (signed records of its
/// [Chain]) of what there is not: for those who ask for it.
public sealed interface Lookup {

    /// The data itself.
    ///
    /// @param additional addresses of the names in it, as far as the zone has them
    /// @param proof that the name does not exist, if a wildcard gave the data
    record Found(RRset rrset, List<RRset> additional, List<RRset> proof) implements Lookup {}

    /// The data is chosen for each client.
    ///
    /// @param type the type to choose: the one asked for, or CNAME, or what stands for ANY
    /// @param owner the name that was asked for; `name` may be a wildcard
    /// @param soa for NODATA, if nothing is chosen
    /// @param proof that the name does not exist, if a wildcard gave the data
    /// @param ofNothing that there is nothing of this type, if nothing is chosen
    record Steered(
            SteeredName name,
            RecordType type,
            DomainName owner,
            RRset soa,
            List<RRset> proof,
            List<RRset> ofNothing)
            implements Lookup {}

    /// The name is another's alias: ask on with `target`.
    ///
    /// @param links the CNAME; or the DNAME, and the CNAME that it implies (RFC 6672 §3.1)
    ///
    /// @param proof that the name does not exist, if a wildcard gave the CNAME
    record Alias(List<RRset> links, DomainName target, List<RRset> proof) implements Lookup {}

    /// The name is another server's: at or below a zone cut.
    ///
    /// @param ds the cut's DS records, for those who understand them (RFC 4035 §3.1.4)
    /// @param glue addresses of name servers at or below the cut, which nobody else could tell
    /// @param additional addresses of the others, as far as the zone has them
    /// @param proof that there are no DS records, if there are none
    record Referral(
            RRset ns,
            Optional<RRset> ds,
            List<RRset> glue,
            List<RRset> additional,
            List<RRset> proof)
            implements Lookup {}

    /// The name exists, and has nothing of this type.
    ///
    /// @param soa with the TTL for negative caching (RFC 2308 §5)
    record NoData(RRset soa, List<RRset> proof) implements Lookup {}

    /// The name does not exist, nor a wildcard that would make it.
    ///
    /// @param soa with the TTL for negative caching (RFC 2308 §5)
    record NameError(RRset soa, List<RRset> proof) implements Lookup {}

    /// A DNAME turns the name into one that is too long (RFC 6672 §2.2).
    record TooLong(RRset dname) implements Lookup {}

    /// No zone of ours contains the name.
    record NotOurs() implements Lookup {}
}
