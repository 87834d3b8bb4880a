package meridian.dns.zone;

import java.util.List;
import java.util.Optional;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// One name that exists in a zone, with or without records of its own.
///
/// @param found the zone file's RRsets here, each with what belongs beside it
/// @param above what keeps this name from being answered: the topmost zone cut or DNAME above it
/// @param cut the referral, if this is a zone cut
/// @param below what keeps names below from being answered: `above`, or this cut, or this DNAME
/// @param wildcard the asterisk just below this name
record Node(
        DomainName name,
        List<Lookup.Found> found,
        Optional<SteeredName> steered,
        Optional<Cover> above,
        Optional<Lookup.Referral> cut,
        Optional<Cover> below,
        Optional<Node> wildcard) {

    /// What takes all names below it out of the zone's hands.
    sealed interface Cover {

        record Cut(Lookup.Referral referral) implements Cover {}

        record Renamed(RRset dname, DomainName target) implements Cover {}
    }

    Optional<Lookup.Found> found(RecordType type) {
        for (Lookup.Found each : found) {
            if (each.rrset().type().equals(type)) return Optional.of(each);
        }
        return Optional.empty();
    }
}
