package meridian.dns.signed;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zone.Custody;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.signing.Denial;

/// A name of a signed zone as its chain has it.
///
/// @param owner where the record about it stands
/// @param listed every type that the record lists
/// @param steered if some of them are
record Link(DomainName owner, SortedSet<RecordType> listed, Optional<SteeredName> steered) {

    /// Those of a zone in canonical order of where their records stand, without what is another's
    /// (RFC 4035 §2.3, RFC 5155 §7.1).
    static List<Link> of(Zone zone, Denial denial) {
        return zone.names()
                .flatMap(held -> of(zone, held, denial))
                .sorted(Comparator.comparing(Link::owner))
                .toList();
    }

    private static Stream<Link> of(Zone zone, Zone.Held held, Denial denial) {
        Custody custody = held.custody();
        if (custody == Custody.ANOTHERS) return Stream.empty();
        Optional<SteeredName> steered = held.steered().filter(_ -> custody == Custody.OURS);
        var types = new TreeSet<>(held.types());
        types.removeIf(type -> custody == Custody.CUT && !isOfCut(type));
        steered.ifPresent(name -> types.addAll(name.types()));
        if (!denial.isAbout(types)) return Stream.empty();
        boolean isSigned =
                custody == Custody.OURS ? !types.isEmpty() : types.contains(RecordType.DS);
        return Stream.of(
                new Link(
                        denial.owner(held.name(), zone.apex()),
                        denial.listed(types, isSigned),
                        steered));
    }

    private static boolean isOfCut(RecordType type) {
        return type.equals(RecordType.NS) || type.equals(RecordType.DS);
    }

    /// What says so, yet to be signed.
    RRset record(Denial denial, Link next, long ttl) {
        return new RRset(owner, denial.type(), ttl, List.of(denial.rdata(next.owner, listed)));
    }
}
