package meridian.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RRsets;
import meridian.record.RecordType;
import meridian.record.Targets;
import meridian.record.ZoneContents;

/// Whether the names that CNAME, MX, SRV, SVCB and HTTPS lead to, in zone files and in services,
/// have what clients look for there, as far as our own zones tell: a slip of the pen that every
/// client follows into nothing.
final class HostChecks {

    private static final Set<RecordType> ADDRESSES = Set.of(RecordType.A, RecordType.AAAA);

    /// A name to which the records of a service lead.
    ///
    /// @param type of these records
    record WrittenHost(RecordType type, DomainName name, Spot at) {}

    /// Tells where a set of a zone is written.
    @FunctionalInterface
    interface Lines {
        Spot spot(ZoneContents zone, int set);
    }

    private enum Flaw {
        MISSING,
        ALIAS,
        NO_ADDRESS
    }

    private final Problems problems;
    private final OurNames ours;
    private final Set<DomainName> told = new HashSet<>();

    HostChecks(Problems problems, OurNames ours) {
        this.problems = problems;
        this.ours = ours;
    }

    void check(List<WrittenHost> hosts, Lines lines) {
        for (WrittenHost host : hosts) check(host.type(), host.name(), false, host::at);
        for (ZoneContents zone : ours.zones()) check(zone, lines);
    }

    private void check(ZoneContents zone, Lines lines) {
        RRsets sets = zone.rrsets();
        for (int at = 0; at < sets.size(); at++) {
            if (!leadsOn(sets.type(at)) || ours.cover(sets.owner(at), zone).isPresent()) continue;
            int set = at;
            RRset rrset = sets.get(set);
            for (DomainName host : targets(rrset))
                check(rrset.type(), host, isAliasMode(rrset), () -> lines.spot(zone, set));
        }
    }

    private static boolean leadsOn(int type) {
        return switch (type) {
            case 5, 15, 33, 64, 65 -> true; // CNAME, MX, SRV, SVCB, HTTPS
            default -> false;
        };
    }

    private static List<DomainName> targets(RRset rrset) {
        if (!rrset.type().equals(RecordType.CNAME)) return Targets.of(rrset);
        byte[] target = rrset.rdata().getFirst();
        return List.of(DomainName.ofWire(target, 0, target.length));
    }

    /// Whether clients that know the type look for it at the target too (RFC 9460 §2.4.2).
    private static boolean isAliasMode(RRset rrset) {
        return isService(rrset.type())
                && rrset.rdata().stream().anyMatch(data -> data[0] == 0 && data[1] == 0);
    }

    private static boolean isService(RecordType type) {
        return type.equals(RecordType.SVCB) || type.equals(RecordType.HTTPS);
    }

    /// The root is no host, and leads nowhere on purpose.
    private void check(RecordType type, DomainName host, boolean isAliasMode, Supplier<Spot> at) {
        if (host.isRoot()) return;
        ours.found(host)
                .flatMap(found -> flaw(type, isAliasMode, found))
                .ifPresent(flaw -> warn(at, type, host, flaw));
    }

    /// Where a CNAME leads on is told of that.
    private static Optional<Flaw> flaw(
            RecordType type, boolean isAliasMode, Set<RecordType> found) {
        if (found.isEmpty()) return Optional.of(Flaw.MISSING);
        if (type.equals(RecordType.CNAME)) return Optional.empty();
        if (found.contains(RecordType.CNAME))
            return isService(type) ? Optional.empty() : Optional.of(Flaw.ALIAS);
        if (isAliasMode && found.contains(type)) return Optional.empty();
        return Collections.disjoint(found, ADDRESSES)
                ? Optional.of(Flaw.NO_ADDRESS)
                : Optional.empty();
    }

    /// Told once of each host, for it is one thing to mend.
    private void warn(Supplier<Spot> at, RecordType type, DomainName host, Flaw flaw) {
        if (!told.add(host)) return;
        DomainName apex = ours.zoneOf(host).orElseThrow().apex();
        switch (flaw) {
            case MISSING ->
                    problems.warn(
                            at.get(),
                            "leads to " + host + ", of which zone " + apex + " has no record",
                            type.equals(RecordType.CNAME)
                                    ? "a name that has records lets clients find some"
                                    : "a host that has addresses lets clients get there");
            case NO_ADDRESS ->
                    problems.warn(
                            at.get(),
                            "leads to " + host + ", which has no address in zone " + apex,
                            "a host that has addresses lets clients get there");
            case ALIAS ->
                    problems.warn(
                            at.get(),
                            "leads to "
                                    + host
                                    + ", which is a CNAME: some clients do not follow it ("
                                    + (type.equals(RecordType.MX) ? "RFC 2181 §10.3" : "RFC 2782")
                                    + ")",
                            "the name that the CNAME leads to is accepted by all");
        }
    }
}
