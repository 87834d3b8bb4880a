package meridian.config.zonefile;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.NavigableMap;
import java.util.Optional;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.Octets;
import meridian.record.RRsets;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// Reads zone files, and tells everything that is wrong in one: what cannot be read, and what RFC
/// 1035 §5.2, RFC 2181 and RFC 6672 ask of a zone.
public final class ZoneFileReader {

    private final Problems problems;
    private final FileOpener opener;
    private final ZoneIntake.Bounds bounds;

    /// The files of each zone that was read, by the first set that is written in each.
    private final IdentityHashMap<RRsets, NavigableMap<Integer, Path>> files =
            new IdentityHashMap<>();

    public ZoneFileReader(Problems problems, FileOpener opener) {
        this(problems, opener, ZoneIntake.Bounds.USUAL);
    }

    ZoneFileReader(Problems problems, FileOpener opener, ZoneIntake.Bounds bounds) {
        this.problems = problems;
        this.opener = opener;
        this.bounds = bounds;
    }

    /// The zone in `file`, or nothing after an error.
    ///
    /// @param origin what relative names are below until the file says `$ORIGIN`
    /// @param apex what the zone must be of; empty: whatever its SOA is of
    /// @param at where the file is named
    public Optional<ZoneContents> read(
            Path file, DomainName origin, Optional<DomainName> apex, Spot at) {
        return opener.octets(file, at).flatMap(octets -> read(file, octets, origin, apex));
    }

    private Optional<ZoneContents> read(
            Path file, Octets octets, DomainName origin, Optional<DomainName> apex) {
        var found = new Problems();
        var zone = new ZoneDraft(found, octets.size());
        var intake = new ZoneIntake(bounds, opener, found, zone::add);
        try (octets) {
            MasterFile.read(file, octets, toName(origin), intake);
        }
        if (!intake.isAstray()) new ZoneChecks(file, zone, apex, intake.hasGaps(), found).check();
        problems.addAll(found);
        if (!found.hasErrors() && !intake.hasGaps()) return Optional.of(contents(zone));
        zone.discard();
        return Optional.empty();
    }

    /// Where a set of a zone that was read here is written.
    public Spot spot(ZoneContents zone, int set) {
        RRsets rrsets = zone.rrsets();
        Path file = requireNonNull(files.get(rrsets)).floorEntry(set).getValue();
        return new Spot(
                file, rrsets.mark(set), rrsets.owner(set) + " " + new RecordType(rrsets.type(set)));
    }

    private ZoneContents contents(ZoneDraft zone) {
        NavigableMap<Integer, Path> written = zone.files();
        RRsets rrsets = zone.toRRsets();
        files.put(rrsets, written);
        return new ZoneContents(rrsets.owner(0), rrsets);
    }

    private static Name toName(DomainName name) {
        try {
            return Name.fromString(name.toString());
        } catch (TextParseException e) {
            throw new IllegalStateException("dnsjava does not read " + name, e);
        }
    }

    /// The zone that a file is named after: `example.com.zone` for `example.com.`; the root for a
    /// file whose name is no domain name.
    public static DomainName originOf(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.zone$", "");
        try {
            return DomainName.of(name);
        } catch (IllegalArgumentException _) {
            return DomainName.ROOT;
        }
    }
}
