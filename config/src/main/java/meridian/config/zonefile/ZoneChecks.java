package meridian.config.zonefile;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.zonefile.ZoneDraft.DraftSet;
import meridian.record.DomainName;
import meridian.record.RecordType;

/// What a zone must be to be served.
final class ZoneChecks {

    /// What may stand beside a CNAME: what signs it (RFC 4034 §2.5, RFC 2181 §10.1).
    private static final Set<RecordType> BESIDE_CNAME =
            Set.of(RecordType.CNAME, RecordType.RRSIG, RecordType.NSEC);

    private static final Set<RecordType> SERVICES = Set.of(RecordType.SVCB, RecordType.HTTPS);

    private final Path file;
    private final ZoneDraft zone;
    private final Optional<DomainName> expected;
    private final boolean hasGaps;
    private final Problems problems;

    /// @param hasGaps whether entries could not be read, so that what seems to be missing may be
    ///   one of them
    ZoneChecks(
            Path file,
            ZoneDraft zone,
            Optional<DomainName> expected,
            boolean hasGaps,
            Problems problems) {
        this.file = file;
        this.zone = zone;
        this.expected = expected;
        this.hasGaps = hasGaps;
        this.problems = problems;
    }

    void check() {
        List<DraftSet> soas =
                zone.sets().stream().filter(set -> set.type().equals(RecordType.SOA)).toList();
        if (soas.isEmpty()) {
            if (!hasGaps)
                problems.refuse(
                        new Spot(file, 1, ""), "the zone has no SOA", "exactly one is accepted");
            return;
        }
        DomainName apex = soas.getFirst().owner();
        soas.stream().skip(1).forEach(soa -> refuseSecondSoa(soa, apex));
        if (soas.getFirst().rdata().size() > 1) refuseSecondSoa(soas.getFirst(), apex);
        checkApex(soas.getFirst());
        for (DraftSet set : zone.sets()) checkSet(set, apex);
        warnOfOccluded();
        checkLoops();
    }

    private void refuseSecondSoa(DraftSet soa, DomainName apex) {
        problems.refuse(soa.at(), "is a second SOA, after that of " + apex, "one is accepted");
    }

    private void checkApex(DraftSet soa) {
        DomainName apex = soa.owner();
        if (expected.isPresent() && !expected.get().equals(apex))
            problems.refuse(
                    soa.at(),
                    "is not the SOA of " + expected.get() + ", which the configuration names",
                    "");
        if (!hasGaps && zone.find(apex, RecordType.NS).isEmpty())
            problems.refuse(soa.at(), "is at an apex without NS", "one NS or more is accepted");
    }

    private void checkSet(DraftSet set, DomainName apex) {
        if (!set.isAtOrBelow(apex))
            problems.refuse(
                    set.at(), "is outside the zone " + apex, "names at or below it are accepted");
        if (set.type().equals(RecordType.CNAME)) checkCname(set);
        if (set.type().equals(RecordType.DNAME)) checkSingle(set);
        if (set.type().equals(RecordType.NS) && !hasGaps) warnOfMissingGlue(set, apex);
        if (SERVICES.contains(set.type())) warnOfMixedServices(set);
    }

    /// RFC 9460 §2.4.1: where there is an alias, whoever knows the type looks at nothing else.
    private void warnOfMixedServices(DraftSet set) {
        long aliases = set.rdata().stream().filter(data -> data[0] == 0 && data[1] == 0).count();
        if (aliases == 0 || set.rdata().size() == 1) return;
        problems.warn(
                set.at(),
                "has " + set.rdata().size() + " records, and one of priority 0 hides the others",
                "one of priority 0, an alias, or any number of others lets clients use all");
    }

    private void checkCname(DraftSet cname) {
        checkSingle(cname);
        String others =
                zone.at(cname.owner()).stream()
                        .map(DraftSet::type)
                        .filter(type -> !BESIDE_CNAME.contains(type))
                        .map(RecordType::toString)
                        .collect(Collectors.joining(", "));
        if (!others.isEmpty())
            problems.refuse(
                    cname.at(),
                    "stands beside " + others,
                    "a CNAME alone is accepted (RFC 1034 §3.6.2)");
    }

    private void checkSingle(DraftSet set) {
        if (set.rdata().size() > 1)
            problems.refuse(
                    set.at(), "has " + set.rdata().size() + " records", "exactly one is accepted");
    }

    private void warnOfMissingGlue(DraftSet ns, DomainName apex) {
        for (byte[] rdata : ns.rdata()) {
            var target = DomainName.ofWire(rdata, 0, rdata.length);
            boolean ours = target.isAtOrBelow(ns.owner()) && target.isAtOrBelow(apex);
            if (ours && !hasAddress(target))
                problems.warn(
                        ns.at(),
                        "names " + target + ", which is below it and has no address in the zone",
                        "an A or AAAA of " + target + " lets resolvers find it");
        }
    }

    private boolean hasAddress(DomainName name) {
        return addressAt(name) || (!name.isRoot() && addressAt(name.parent().wildcard()));
    }

    private boolean addressAt(DomainName name) {
        return zone.find(name, RecordType.A).isPresent()
                || zone.find(name, RecordType.AAAA).isPresent();
    }

    /// Each name that is an alias has one target, so every way ends, leaves the zone, or runs into
    /// a name that it has been at.
    private void checkLoops() {
        var done = new HashSet<DomainName>();
        for (DraftSet set : zone.sets()) {
            if (!set.type().equals(RecordType.CNAME)) continue;
            var way = new LinkedHashSet<DomainName>();
            Optional<DraftSet> at = Optional.of(set);
            while (at.isPresent() && done.add(at.get().owner())) {
                way.add(at.get().owner());
                at = zone.find(target(at.get()), RecordType.CNAME);
            }
            if (at.isPresent() && way.contains(at.get().owner())) warnOfLoop(at.get(), way);
        }
    }

    /// A mistake of one name, which every name server answers with the loop; no reason to refuse
    /// the rest of a zone that other people maintain.
    private void warnOfLoop(DraftSet entrance, Set<DomainName> way) {
        String loop =
                way.stream()
                        .dropWhile(name -> !name.equals(entrance.owner()))
                        .map(name -> name + " -> ")
                        .collect(Collectors.joining());
        problems.warn(
                entrance.at(),
                "is a loop: " + loop + entrance.owner(),
                "a CNAME that leads elsewhere lets resolvers get an answer");
    }

    private static DomainName target(DraftSet cname) {
        byte[] rdata = cname.rdata().getFirst();
        return DomainName.ofWire(rdata, 0, rdata.length);
    }

    private void warnOfOccluded() {
        Set<DomainName> dnames =
                zone.sets().stream()
                        .filter(set -> set.type().equals(RecordType.DNAME))
                        .map(DraftSet::owner)
                        .collect(Collectors.toSet());
        if (dnames.isEmpty()) return;
        for (DraftSet set : zone.sets())
            dnames.stream()
                    .filter(set.owner()::isBelow)
                    .findFirst()
                    .ifPresent(dname -> warnOfOccluded(set, dname));
    }

    private void warnOfOccluded(DraftSet set, DomainName dname) {
        problems.warn(
                set.at(),
                "is below the DNAME of " + dname + " and never answered (RFC 6672 §2.4)",
                "");
    }
}
