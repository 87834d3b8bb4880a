package meridian.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import meridian.config.keyfile.KeyFile;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.source.Tree;
import meridian.record.DomainName;
import meridian.record.RRsets;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.signing.Denial;
import meridian.signing.SigningKey;
import meridian.signing.ZoneKeys;
import meridian.signing.ZoneSigning;

/// `dnssec { … }` of a zone: the folder of its keys, which is read on the disk, as all secrets are.
final class DnssecSection {

    /// What signing makes; of the file, it would be another's.
    private static final Set<RecordType> MADE =
            Set.of(
                    RecordType.DNSKEY,
                    RecordType.RRSIG,
                    RecordType.NSEC,
                    RecordType.NSEC3,
                    RecordType.NSEC3PARAM,
                    RecordType.CDS,
                    RecordType.CDNSKEY);

    private static final List<String> DENIALS =
            Arrays.stream(Denial.values())
                    .map(denial -> denial.name().toLowerCase(Locale.ROOT))
                    .toList();

    private final Problems problems;
    private final Values values;
    private final ConfigFiles files;

    DnssecSection(Problems problems, ConfigFiles files) {
        this.problems = problems;
        this.values = new Values(problems);
        this.files = files;
    }

    Optional<ZoneSigning> read(Fields fields, DomainName apex) {
        fields.require("keys", "keys = \"keys\", a folder of key files, is accepted");
        Optional<ZoneKeys> keys = fields.read("keys", tree -> keys(tree, apex));
        Optional<Denial> denial =
                fields.has("denial")
                        ? fields.read("denial", this::denial)
                        : Optional.of(Denial.NSEC);
        if (keys.isEmpty() || denial.isEmpty()) return Optional.empty();
        return problems.attempt(
                fields.at("denial"), () -> new ZoneSigning(keys.get(), denial.get()));
    }

    private Optional<Denial> denial(Tree tree) {
        return values.known(tree, "a denial", DENIALS)
                .map(word -> Denial.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private Optional<ZoneKeys> keys(Tree tree, DomainName apex) {
        Optional<Path> folder = values.file(tree).map(ConfigFiles::onDisk);
        if (folder.isEmpty()) return Optional.empty();
        try {
            return keys(tree.at(), folder.get(), apex);
        } catch (IOException _) {
            problems.refuse(
                    tree.at(),
                    folder.get() + " is no folder that can be read",
                    "a folder of key files is accepted");
            return Optional.empty();
        }
    }

    private Optional<ZoneKeys> keys(Spot at, Path folder, DomainName apex) throws IOException {
        var keys = new ArrayList<SigningKey>();
        List<Path> found =
                files.list(folder, KeyFile.PRIVATE).stream()
                        .filter(file -> name(file).startsWith(KeyFile.stem(apex)))
                        .toList();
        for (Path file : found) key(at, file, apex).ifPresent(keys::add);
        if (found.isEmpty())
            problems.refuse(
                    at,
                    folder + " has no key of " + apex,
                    "./meridian keys make " + apex + " --dir " + folder + " makes one");
        return keys.size() < found.size() || keys.isEmpty()
                ? Optional.empty()
                : problems.attempt(at, () -> new ZoneKeys(apex, keys));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private Optional<SigningKey> key(Spot at, Path file, DomainName apex) {
        ClusterSection.warnIfReadable(problems, at, file);
        Optional<String> secret = text(at, file);
        String stem = name(file).substring(0, name(file).length() - KeyFile.PRIVATE.length());
        Optional<String> open = text(at, file.resolveSibling(stem + KeyFile.PUBLIC));
        if (secret.isEmpty() || open.isEmpty()) return Optional.empty();
        return problems.attempt(at, () -> naming(file, apex, open.get(), secret.get()));
    }

    private Optional<String> text(Spot at, Path file) {
        return files.secret(file, at)
                .map(octets -> new String(octets, StandardCharsets.ISO_8859_1));
    }

    private static SigningKey naming(Path file, DomainName apex, String open, String secret) {
        try {
            SigningKey key = KeyFile.read(open, secret);
            if (key.zone().equals(apex)) return key;
            throw new IllegalArgumentException(
                    "is a key of " + key.zone() + "; one of " + apex + " is accepted");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /// A zone that is signed here cannot be one that someone else has signed, nor hand on what a
    /// wildcard makes: to a validator the proof of such a name is that of a delegation (RFC 4592
    /// §4.2).
    void check(ZoneContents zone, Spot at) {
        RRsets sets = zone.rrsets();
        for (int set = 0; set < sets.size(); set++) {
            var type = new RecordType(sets.type(set));
            boolean isMade = MADE.contains(type);
            if (!isMade && !(type.equals(RecordType.NS) && sets.owner(set).isWildcard())) continue;
            problems.refuse(
                    at,
                    "has " + type + " at " + sets.owner(set) + ", and is to be signed",
                    isMade
                            ? "a zone file without "
                                    + type
                                    + " is accepted: it is made from the keys and the records"
                            : "NS at names that are no wildcards is accepted: validators refuse"
                                    + " what others make");
            return;
        }
    }
}
