package meridian.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.source.Tree;
import meridian.config.zonefile.ZoneFileReader;
import meridian.record.DomainName;
import meridian.record.ZoneContents;
import meridian.signing.ZoneSigning;
import meridian.topology.ZoneTransfer;

/// `zones { … }` and `zone-folders = [ … ]`.
final class ZoneSection {

    private final Problems problems;
    private final Values values;
    private final ConfigFiles files;
    private final TransferSection transferSection;
    private final ZoneFileReader reader;
    private final SequencedMap<DomainName, ZoneContents> zones = new LinkedHashMap<>();
    private final Map<DomainName, Path> origins = new LinkedHashMap<>();
    private final Set<DomainName> refused = new HashSet<>();
    private final SequencedMap<DomainName, ZoneSigning> signed = new LinkedHashMap<>();
    private final SequencedMap<DomainName, ZoneTransfer> transfers = new LinkedHashMap<>();

    ZoneSection(Problems problems, ConfigFiles files, TransferSection transferSection) {
        this.problems = problems;
        this.values = new Values(problems);
        this.files = files;
        this.transferSection = transferSection;
        this.reader = new ZoneFileReader(problems, files::zone);
    }

    /// The zones by their apex.
    SequencedMap<DomainName, ZoneContents> read(Fields root) {
        root.named("zones").forEach(this::readOne);
        root.items("zone-folders").forEach(this::readFolder);
        return zones;
    }

    /// How those of the zones are signed that are, by their apex.
    SequencedMap<DomainName, ZoneSigning> signed() {
        return signed;
    }

    /// How those are given to secondaries that are, by their apex.
    SequencedMap<DomainName, ZoneTransfer> transfers() {
        return transfers;
    }

    /// The zones that are defined, and in whose definition or files something is wrong.
    Set<DomainName> refused() {
        return refused;
    }

    /// Where a set of one of the zones is written.
    Spot spot(ZoneContents zone, int set) {
        return reader.spot(zone, set);
    }

    private void readOne(String name, Tree tree) {
        Optional<Fields> fields = Fields.of(tree, Schema.ZONE, problems);
        fields.ifPresent(one -> one.require("file", "file = \"example.com.zone\" is accepted"));
        Optional<Path> file = fields.flatMap(one -> one.read("file", values::file));
        Optional<DomainName> apex = problems.attempt(tree.at(), () -> DomainName.of(name));
        if (apex.isEmpty()) return;
        if (file.isEmpty()) refused.add(apex.get());
        else keep(file.get(), apex.get(), apex, fields.orElseThrow().at("file"));
        fields.flatMap(one -> one.block("dnssec", Schema.DNSSEC))
                .ifPresent(dnssec -> sign(dnssec, apex.get(), fields.orElseThrow().at("file")));
        fields.flatMap(one -> one.block("transfer", Schema.TRANSFER))
                .flatMap(transferSection::read)
                .ifPresent(transfer -> transfers.put(apex.get(), transfer));
    }

    private void sign(Fields dnssec, DomainName apex, Spot file) {
        var section = new DnssecSection(problems, files);
        section.read(dnssec, apex).ifPresent(found -> signed.put(apex, found));
        Optional.ofNullable(zones.get(apex)).ifPresent(zone -> section.check(zone, file));
    }

    private void readFolder(Tree tree) {
        Optional<Path> folder = values.file(tree);
        if (folder.isEmpty()) return;
        try {
            for (Path file : files.list(folder.get(), ".zone"))
                keep(file, ZoneFileReader.originOf(file), Optional.empty(), tree.at());
        } catch (IOException _) {
            problems.refuse(
                    tree.at(),
                    folder.get() + " is no folder that can be read",
                    "a folder of files named *.zone is accepted");
        }
    }

    private void keep(Path file, DomainName origin, Optional<DomainName> apex, Spot at) {
        Optional<ZoneContents> zone = reader.read(file, origin, apex, at);
        zone.ifPresentOrElse(one -> keep(file, one, at), () -> refused.add(apex.orElse(origin)));
    }

    private void keep(Path file, ZoneContents zone, Spot at) {
        Path before = origins.putIfAbsent(zone.apex(), file);
        if (before == null) zones.put(zone.apex(), zone);
        else
            problems.refuse(
                    at,
                    "zone " + zone.apex() + " is in " + before + " and in " + file,
                    "each zone is accepted once");
    }
}
