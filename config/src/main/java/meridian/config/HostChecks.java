package meridian.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import meridian.config.ServiceSection.WrittenService;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.RRsets;
import meridian.record.RecordType;
import meridian.record.ZoneContents;

/// Whether the hosts that MX, SRV, SVCB and HTTPS name, in zone files and in services, are there as
/// far as our own zones tell: a slip of the pen that every client follows into nothing.
final class HostChecks {

    private static final int NS = RecordType.NS.number();
    private static final int CNAME = RecordType.CNAME.number();
    private static final int MX = RecordType.MX.number();
    private static final int SRV = RecordType.SRV.number();
    private static final int DNAME = RecordType.DNAME.number();
    private static final int SVCB = RecordType.SVCB.number();
    private static final int HTTPS = RecordType.HTTPS.number();

    /// Where the host begins in the data of an SRV, and of the others.
    private static final int AFTER_PORT = 6;

    private static final int AFTER_PRIORITY = 2;

    /// A host that a service names.
    ///
    /// @param type of the records that lead there
    record WrittenHost(RecordType type, DomainName name, Spot at) {}

    /// Tells where a set of a zone is written.
    @FunctionalInterface
    interface Lines {
        Spot spot(ZoneContents zone, int set);
    }

    private final Problems problems;
    private final SequencedMap<DomainName, ZoneContents> zones;
    private final Set<DomainName> refused;

    /// The steered names, and whether each is a CNAME.
    private final Map<DomainName, Boolean> steered = new HashMap<>();

    private final Set<DomainName> told = new HashSet<>();

    /// @param refused zones with which something is wrong, so that nobody knows what is in them
    HostChecks(
            Problems problems,
            SequencedMap<DomainName, ZoneContents> zones,
            Set<DomainName> refused) {
        this.problems = problems;
        this.zones = zones;
        this.refused = refused;
    }

    void check(List<WrittenService> services, List<WrittenHost> hosts, Lines lines) {
        for (WrittenService one : services) {
            boolean isAlias = one.service().types().contains(RecordType.CNAME);
            one.names().sequencedKeySet().forEach(name -> steered.put(name, isAlias));
        }
        for (WrittenHost host : hosts)
            flaw(host.type(), host.name())
                    .ifPresent(flaw -> warn(host.at(), host.type(), host.name(), flaw));
        for (ZoneContents zone : zones.values()) check(zone, lines);
    }

    private void check(ZoneContents zone, Lines lines) {
        RRsets sets = zone.rrsets();
        for (int set = 0; set < sets.size(); set++) {
            int type = sets.type(set);
            if (type == MX || type == SRV || type == SVCB || type == HTTPS) check(zone, set, lines);
        }
    }

    private void check(ZoneContents zone, int set, Lines lines) {
        RRsets sets = zone.rrsets();
        var type = new RecordType(sets.type(set));
        for (int at = sets.firstRecord(set); at != RRsets.NO_RECORD; at = sets.nextRecord(at)) {
            DomainName host = host(type, sets.data(at));
            flaw(type, host).ifPresent(flaw -> warn(lines.spot(zone, set), type, host, flaw));
        }
    }

    private static DomainName host(RecordType type, byte[] data) {
        int begin = type.number() == SRV ? AFTER_PORT : AFTER_PRIORITY;
        int end = begin;
        while (data[end] != 0) end += 1 + data[end];
        return DomainName.ofWire(data, begin, end + 1 - begin);
    }

    private enum Flaw {
        MISSING,
        ALIAS
    }

    /// What is wrong with a host; nothing for one of which our zones do not tell.
    ///
    /// The root stands for the owner, or for no host.
    private Optional<Flaw> flaw(RecordType type, DomainName host) {
        if (host.isRoot() || refused.stream().anyMatch(host::isAtOrBelow)) return Optional.empty();
        Optional<ZoneContents> zone = ZoneFit.zoneOf(host, zones);
        if (zone.isEmpty() || isHandedOn(host, zone.get())) return Optional.empty();
        Optional<DomainName> owner = owner(host, zone.get());
        if (owner.isEmpty()) return Optional.of(Flaw.MISSING);
        boolean isHarmful = type.number() == MX || type.number() == SRV;
        return isHarmful && isAlias(owner.get(), zone.get())
                ? Optional.of(Flaw.ALIAS)
                : Optional.empty();
    }

    /// Whether others answer for it, or what it is renamed to.
    private static boolean isHandedOn(DomainName host, ZoneContents zone) {
        for (DomainName above = host; !above.equals(zone.apex()); above = above.parent())
            if (has(zone, above, NS) || (!above.equals(host) && has(zone, above, DNAME)))
                return true;
        return !host.equals(zone.apex()) && has(zone, zone.apex(), DNAME);
    }

    /// Whose records the host has: its own, or those of the wildcard that stands for it.
    private Optional<DomainName> owner(DomainName host, ZoneContents zone) {
        if (exists(host, zone)) return Optional.of(host);
        DomainName at = host;
        while (!at.equals(zone.apex())) {
            at = at.parent();
            if (canHaveWildcard(at) && exists(at.wildcard(), zone))
                return Optional.of(at.wildcard());
            if (exists(at, zone)) return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean canHaveWildcard(DomainName name) {
        return name.wireLength() + 2 <= DomainName.MAX_LENGTH;
    }

    private boolean exists(DomainName name, ZoneContents zone) {
        return steered.containsKey(name) || first(zone, name) != RRsets.NONE;
    }

    private boolean isAlias(DomainName owner, ZoneContents zone) {
        return steered.getOrDefault(owner, false) || has(zone, owner, CNAME);
    }

    private static boolean has(ZoneContents zone, DomainName name, int type) {
        return zone.rrsets().ofType(first(zone, name), type) != RRsets.NONE;
    }

    private static int first(ZoneContents zone, DomainName name) {
        byte[] wire = name.toWire();
        return zone.rrsets().find(wire, 0, wire.length);
    }

    /// Told once of each host, for it is one thing to mend.
    private void warn(Spot at, RecordType type, DomainName host, Flaw flaw) {
        if (!told.add(host)) return;
        DomainName apex = ZoneFit.zoneOf(host, zones).orElseThrow().apex();
        switch (flaw) {
            case MISSING ->
                    problems.warn(
                            at,
                            "leads to " + host + ", of which zone " + apex + " has no record",
                            "a host that has addresses lets clients get there");
            case ALIAS ->
                    problems.warn(
                            at,
                            "leads to "
                                    + host
                                    + ", which is a CNAME: some clients do not follow it ("
                                    + (type.number() == MX ? "RFC 2181 §10.3" : "RFC 2782")
                                    + ")",
                            "the name that the CNAME leads to is accepted by all");
        }
    }
}
