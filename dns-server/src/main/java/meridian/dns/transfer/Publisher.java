package meridian.dns.transfer;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import meridian.dns.Client;
import meridian.dns.SteeredAnswers;
import meridian.dns.ready.Edition;
import meridian.dns.signed.ZoneSigner;
import meridian.dns.wire.Serial;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.topology.ZoneTransfer;

/// Moves the serials of the zones that this node gives to secondaries: where an edition says
/// something else of a zone than its last version did, there is a next one, but no sooner than the
/// zone's pace allows. What comes and goes in between is in no version. Other zone files, or other
/// signatures, wait for no pace: the zone before is not there for long.
///
/// A steered name is in a version as one client hears it, always with the same draw. A defect that
/// one zone meets holds up no other: that one keeps the version that it has. Told the time; for one
/// thread.
final class Publisher {

    private static final long DRAW = 0;

    private final Map<DomainName, SavedSerial> saved;
    private Map<DomainName, Published> published = Map.of();

    /// Of the zones of the last step.
    private Map<Zone, Known> known = Map.of();

    /// What is the same of a zone as long as it is the same, and takes a walk over all of it.
    private record Known(List<SteeredName> names, Digest digest, long size) {
        static Known of(Zone zone) {
            List<SteeredName> names =
                    zone.names().flatMap(held -> held.steered().stream()).toList();
            return new Known(names, Content.digest(zone), Content.size(zone));
        }
    }

    /// What a step came to.
    ///
    /// @param zones by apex
    /// @param moved those that have another serial than before, or are new
    /// @param due when the first version is due of those that were held up, in monotonic
    ///   nanoseconds
    /// @param failed what kept zones from having a version, or a next one; the next step tries
    ///   again
    record Step(
            Map<DomainName, Published> zones,
            List<DomainName> moved,
            OptionalLong due,
            Map<DomainName, Throwable> failed) {}

    /// What became of one zone.
    private sealed interface Outcome {
        /// @param zone whose serial is the one before
        record Kept(Published zone) implements Outcome {}

        record Moved(Published zone) implements Outcome {}

        /// It says something else, and its pace does not allow to tell yet.
        record HeldUp(Published zone, long due) implements Outcome {}

        record Failed(Throwable defect) implements Outcome {}
    }

    /// @param saved what was known of serials when the node ended
    Publisher(Map<DomainName, SavedSerial> saved) {
        this.saved = new HashMap<>(saved);
    }

    /// What must not be forgotten.
    Map<DomainName, SavedSerial> saved() {
        return Map.copyOf(saved);
    }

    /// Makes the versions that are due.
    ///
    /// @param wanted how the zones are given that this node is the primary of
    /// @param nanos monotonic
    Step step(Edition edition, Map<DomainName, ZoneTransfer> wanted, long nanos) {
        var next = new HashMap<DomainName, Published>();
        var moved = new ArrayList<DomainName>();
        var due = new ArrayList<Long>();
        var failed = new HashMap<DomainName, Throwable>();
        var knownNow = new HashMap<Zone, Known>();
        wanted(edition, wanted)
                .forEach(
                        zone -> {
                            DomainName apex = zone.apex();
                            ZoneTransfer how = requireNonNull(wanted.get(apex));
                            switch (attempt(zone, how, edition, nanos, knownNow)) {
                                case Outcome.Kept(var kept) -> next.put(apex, kept);
                                case Outcome.Moved(var after) -> {
                                    next.put(apex, after);
                                    moved.add(apex);
                                }
                                case Outcome.HeldUp(var kept, var at) -> {
                                    next.put(apex, kept);
                                    due.add(at);
                                }
                                case Outcome.Failed(var defect) -> {
                                    failed.put(apex, defect);
                                    Published before = published.get(apex);
                                    if (before != null) next.put(apex, before.by(how));
                                }
                            }
                        });
        known = knownNow;
        published = Map.copyOf(next);
        moved.forEach(apex -> save(apex, requireNonNull(published.get(apex))));
        return new Step(
                published,
                List.copyOf(moved),
                due.stream().mapToLong(at -> at).min(),
                Map.copyOf(failed));
    }

    private static Stream<Zone> wanted(Edition edition, Map<DomainName, ZoneTransfer> wanted) {
        return edition.serving().zones().all().filter(zone -> wanted.containsKey(zone.apex()));
    }

    /// @param knownNow takes what is known of this zone
    private Outcome attempt(
            Zone zone, ZoneTransfer how, Edition edition, long nanos, Map<Zone, Known> knownNow) {
        try {
            Known before = known.get(zone);
            Known of = before == null ? Known.of(zone) : before;
            knownNow.put(zone, of);
            return outcome(zone, of, how, edition, nanos);
        } catch (OutOfMemoryError defect) {
            throw defect;
        } catch (RuntimeException | Error defect) {
            return new Outcome.Failed(defect);
        }
    }

    private void save(DomainName apex, Published zone) {
        saved.put(apex, new SavedSerial(zone.version().serial(), zone.digest()));
    }

    private Outcome outcome(Zone zone, Known of, ZoneTransfer how, Edition edition, long nanos) {
        Optional<ZoneSigner> signer = edition.serving().signing().signer(zone.apex());
        Content content = content(zone, of, how, edition, signer);
        String digest = content.digest(of.digest()).toString();
        Published before = published.get(zone.apex());
        long size = content.size(of.size());
        if (before == null)
            return new Outcome.Moved(first(content, size, digest, how, signer, nanos));
        Published kept = before.by(how);
        if (digest.equals(before.digest())) return new Outcome.Kept(kept.saying(content));
        long due = before.moved() + how.pace().toNanos();
        boolean isSameZone = content.hasSameZone(before.version().content());
        if (isSameZone && nanos - due < 0) return new Outcome.HeldUp(kept, due);
        Serial serial = after(before.version().serial(), fileSoa(zone));
        Version version = version(content, size, serial, signer);
        Journal journal = journal(before, version);
        return new Outcome.Moved(new Published(how, version, digest, journal, nanos));
    }

    /// The memory of a zone that served before goes back some seconds later. A process that was
    /// suspended meanwhile comes too late to compare, and gives all.
    private static Journal journal(Published before, Version version) {
        try {
            return Delta.between(before.version(), version)
                    .map(delta -> before.journal().after(delta, version.size()))
                    .orElse(Journal.EMPTY);
        } catch (IllegalStateException _) {
            return Journal.EMPTY;
        }
    }

    private static Content content(
            Zone zone, Known of, ZoneTransfer how, Edition edition, Optional<ZoneSigner> signer) {
        var client = new Client(how.client(), Optional.empty());
        SteeredAnswers answers = edition.snapshot().steered();
        return Content.of(
                zone,
                of.names(),
                (name, type) -> answers.answer(name, type, client, DRAW).rrset(),
                signer);
    }

    /// The serial that was saved, if the zone says what it said under that; one after it otherwise.
    private Published first(
            Content content,
            long size,
            String digest,
            ZoneTransfer how,
            Optional<ZoneSigner> signer,
            long nanos) {
        RRset soa = fileSoa(content.zone());
        SavedSerial was = saved.get(content.zone().apex());
        Serial serial =
                was == null
                        ? Serial.of(soa)
                        : was.digest().equals(digest) ? was.serial() : after(was.serial(), soa);
        Version version = version(content, size, serial, signer);
        return new Published(how, version, digest, Journal.EMPTY, nanos - how.pace().toNanos());
    }

    /// The file's, where that is ahead: who edits it expects to find it again.
    private static Serial after(Serial last, RRset fileSoa) {
        Serial ofFile = Serial.of(fileSoa);
        return ofFile.isAfter(last) ? ofFile : last.next();
    }

    private static RRset fileSoa(Zone zone) {
        return zone.rrsets().getFirst();
    }

    private static Version version(
            Content content, long size, Serial serial, Optional<ZoneSigner> signer) {
        RRset soa = serial.in(fileSoa(content.zone()));
        return new Version(
                content,
                signer.map(it -> soa.signedBy(it.passingSignatures(soa))).orElse(soa),
                size);
    }
}
