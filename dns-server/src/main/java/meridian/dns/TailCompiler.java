package meridian.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Rcode;
import meridian.dns.zone.Lookup;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.record.Octets;
import meridian.record.RRsets;
import meridian.record.RecordType;

/// Makes [Tails]: asks the zones a specimen of each question, and keeps what the response has
/// behind it.
///
/// | the question | its specimen |
/// |---|---|
/// | a name that exists | itself |
/// | names that do not, below one that does | [Nobody] below it |
/// | whatever ends in a zone's SOA alone | [Nobody] below the apex: one tail for the whole zone |
///
/// Where one specimen stands for many names, one of them may end as a name in the tail does, and
/// would be pointed at (QNAME `hostmaster.example.com`, and the SOA's mailbox). Such a name gets a
/// node that leads to the responder.
final class TailCompiler {

    private final Zones zones;
    private final Octets octets = new Octets();
    private final Octets nodes = new Octets();
    private final List<Tails.PlainZone> plainZones = new ArrayList<>();
    private final byte[] wire = new byte[DomainName.MAX_LENGTH];
    private final TailWriter writer;
    private final Map<Entry, Integer> plainEntries = new HashMap<>();
    private final NegativeTails negative;
    private final SignedTails signed;
    private final Map<Zone, ZoneWide> zoneWide = new HashMap<>();

    /// What of a zone is answered of many names.
    ///
    /// @param index of the zone among those that have plain nodes
    /// @param hasNobody whether some name in it begins as the specimen of those that do not exist
    private record ZoneWide(
            int index,
            NegativeTails.Shared noData,
            NegativeTails.Shared nameError,
            boolean hasNobody) {
        boolean serves(byte[] name, int end) {
            return !hasNobody && noData.serves(name, end) && nameError.serves(name, end);
        }
    }

    TailCompiler(Zones zones) {
        this.zones = zones;
        this.writer = new TailWriter(octets, zones);
        this.negative = new NegativeTails(writer);
        this.signed = new SignedTails(zones, writer, octets);
        // So that nothing is at 0.
        octets.put32(0);
    }

    Tails tails() {
        zones.all().forEach(this::addZone);
        DomainName nobody = Nobody.below(DomainName.ROOT).orElseThrow();
        int refused =
                writer.write(
                        nobody,
                        Answer.bare(Rcode.REFUSED),
                        Optional.empty(),
                        Set.of(),
                        Optional.empty());
        writer.leftAlone().stream()
                .filter(name -> !exists(name))
                .forEach(name -> addNode(name, 0, 0));
        try (nodes) {
            return new Tails(octets, nodes, plainZones, signed.chains(), refused);
        }
    }

    private boolean exists(DomainName name) {
        return zones.closest(name).filter(zone -> zone.holds(name)).isPresent();
    }

    /// Names below another zone of ours are that one's.
    private void addZone(Zone zone) {
        boolean hasOthersBelow = zones.all().anyMatch(one -> one.apex().isBelow(zone.apex()));
        zone.names()
                .filter(
                        held ->
                                !hasOthersBelow
                                        || zones.closest(held.name())
                                                .filter(zone::equals)
                                                .isPresent())
                .forEach(held -> addName(zone, held));
    }

    private void addName(Zone zone, Zone.Held held) {
        int length = held.copyName(wire);
        if (!SignedTails.are(zone) && held.isPlain(wire, length)) {
            ZoneWide wide = zoneWide.computeIfAbsent(zone, this::zoneWide);
            if (wide.serves(wire, length)) {
                if (isAnsweredAsItIs(zone.rrsets(), held, length)) addPlainNode(wide, held);
                else addPlainName(zone, held, held.name(), wide);
                return;
            }
        }
        DomainName name = held.name();
        int exact = entry(name, Optional.of(held), Optional.empty());
        int below =
                Nobody.below(name)
                        .filter(nobody -> !zone.holds(nobody))
                        .map(nobody -> entry(nobody, held.wildcard(), Optional.of(name)))
                        .orElse(0);
        addNode(name, exact, below);
    }

    /// What nearly all names of a large zone are, and why they have no tails: whatever they own
    /// needs nothing but a head before each record.
    private static boolean isAnsweredAsItIs(RRsets sets, Zone.Held held, int length) {
        if (length == 1 || !Nobody.hasRoomBelow(length)) return false;
        int set = held.firstSet();
        if (set == RRsets.NONE) return false;
        while (set != RRsets.NONE && PlainTails.has(sets.type(set))) set = sets.next(set);
        return set == RRsets.NONE;
    }

    private void addPlainNode(ZoneWide wide, Zone.Held held) {
        octets.reserve(2 * Integer.BYTES);
        nodes.put32(octets.put32(~wide.index));
        octets.put32(held.firstSet());
    }

    /// A name of which what is answered is known without asking.
    private void addPlainName(Zone zone, Zone.Held held, DomainName name, ZoneWide wide) {
        var types = new ArrayList<RecordType>(2);
        held.forEachSet(
                set -> {
                    int type = zone.rrsets().type(set);
                    if (Tails.isPlain(type)) types.add(new RecordType(type));
                });
        int[] tails = new int[types.size()];
        held.forEachSet(
                set -> {
                    int at = types.indexOf(new RecordType(zone.rrsets().type(set)));
                    if (at >= 0) tails[at] = plainTail(zone, set, name);
                });
        int exact =
                types.isEmpty()
                        ? plainEntry(wide.noData().tail(), zone.isSigned(), 0)
                        : types.size() > 0xff
                                ? 0
                                : new Entry(wide.noData().tail(), zone.isSigned(), 0)
                                        .put(types, tails, octets);
        addNode(
                name,
                exact,
                Nobody.hasRoomBelow(name.wireLength())
                        ? plainEntry(wide.nameError().tail(), zone.isSigned(), 0)
                        : 0);
    }

    private int plainTail(Zone zone, int set, DomainName name) {
        RRsets sets = zone.rrsets();
        return PlainTails.has(sets.type(set)) && !name.isRoot()
                ? PlainTails.put(sets, set, name.wireLength(), octets)
                : tail(name, new RecordType(sets.type(set)), Optional.empty());
    }

    private ZoneWide zoneWide(Zone zone) {
        NegativeTails.Shared noData = negative.of(Rcode.NOERROR, zone.negativeSoa());
        NegativeTails.Shared nameError = negative.of(Rcode.NXDOMAIN, zone.negativeSoa());
        plainZones.add(
                new Tails.PlainZone(
                        zone.rrsets(),
                        noData.tail(),
                        plainEntry(nameError.tail(), zone.isSigned(), 0),
                        zone.isSigned()));
        boolean hasNobody =
                zone.names().anyMatch(this::isNobody)
                        || Stream.concat(noData.taken().stream(), nameError.taken().stream())
                                .anyMatch(name -> Nobody.isIt(name.toWire(), name.wireLength()));
        return new ZoneWide(plainZones.size() - 1, noData, nameError, hasNobody);
    }

    private boolean isNobody(Zone.Held held) {
        byte[] name = new byte[DomainName.MAX_LENGTH];
        return Nobody.isIt(name, held.copyName(name));
    }

    private void addNode(DomainName name, int exact, int below) {
        byte[] lower = name.toWire();
        for (int i = 0; i < lower.length; i++) lower[i] = DomainName.lower(lower[i]);
        octets.reserve(Tails.NODE_NAME + lower.length);
        nodes.put32(octets.put32(exact));
        octets.put32(below);
        octets.put8(lower.length);
        octets.put(lower, 0, lower.length);
    }

    /// What is answered to questions for one name, or for all that do not exist below an encloser.
    ///
    /// @param asked the name, or a specimen of them
    /// @param holder where the records are: the name, or the encloser's wildcard
    private int entry(DomainName asked, Optional<Zone.Held> holder, Optional<DomainName> encloser) {
        Optional<SteeredName> steered = holder.flatMap(Zone.Held::steered);
        if (steered.filter(name -> name.types().contains(RecordType.CNAME)).isPresent()) return 0;
        List<RecordType> held = holder.map(Zone.Held::types).orElse(List.of());
        Lookup outcome = zones.lookup(asked, Specimen.absent(held));
        boolean leadsOn = leadsOn(outcome);
        int others =
                negative.known(outcome, asked)
                        .orElseGet(
                                () -> leadsOn ? 0 : tail(asked, Specimen.absent(held), encloser));
        List<RecordType> types =
                Stream.concat(
                                withAnswersOfTheirOwn(held, outcome)
                                        .filter(type -> !isSteered(steered, type)),
                                withoutTails(steered))
                        .filter(type -> Tails.isPlain(type.number()))
                        .toList();
        if (types.size() > 0xff) return 0;
        boolean isSigned = isSigned(asked) || (leadsOn && zones.all().anyMatch(Zone::isSigned));
        int forDo =
                encloser.map(above -> signed.below(above, outcome, steered, types))
                        .orElseGet(() -> signed.exact(asked, leadsOn, steered, types));
        if (types.isEmpty() && steered.isEmpty()) return plainEntry(others, isSigned, forDo);
        int[] tails = types.stream().mapToInt(type -> tail(asked, type, encloser)).toArray();
        return new Entry(others, isSigned, forDo).with(steered).put(types, tails, octets);
    }

    private static boolean isSteered(Optional<SteeredName> steered, RecordType type) {
        return steered.filter(name -> name.types().contains(type)).isPresent();
    }

    /// What is steered and has names that are compressed, or records of many lengths: the
    /// responder's.
    private static Stream<RecordType> withoutTails(Optional<SteeredName> steered) {
        return steered.stream()
                .flatMap(name -> name.types().stream())
                .filter(type -> !Entry.hasBit(type))
                .sorted();
    }

    private int plainEntry(int others, boolean isSigned, int forDo) {
        return plainEntries.computeIfAbsent(
                new Entry(others, isSigned, forDo),
                entry -> entry.put(List.of(), new int[0], octets));
    }

    /// Whether an alias leads into our zones: then each type ends elsewhere.
    private boolean leadsOn(Lookup outcome) {
        return outcome instanceof Lookup.Alias(var _, var target, var _)
                && zones.closest(target).isPresent();
    }

    private static Stream<RecordType> withAnswersOfTheirOwn(List<RecordType> held, Lookup outcome) {
        return switch (outcome) {
            case Lookup.Referral _, Lookup.NameError _ -> Stream.empty();
            case Lookup.Alias _ ->
                    Stream.concat(Stream.of(RecordType.A, RecordType.AAAA), held.stream())
                            .distinct();
            default -> held.stream();
        };
    }

    /// The tail of the response to a question, if that depends on nothing but the question.
    private int tail(DomainName asked, RecordType type, Optional<DomainName> encloser) {
        Specimen specimen = Specimen.of(zones, asked, type, false);
        Answer answer = specimen.answer();
        if (!specimen.isReady()) return 0;
        if (specimen.refers() && !isSigned(asked) && isOtherForDo(specimen)) return 0;
        if (!specimen.isNegative())
            return writer.write(asked, answer, encloser, new HashSet<>(), specimen.steered());
        NegativeTails.Shared ofZone = negative.of(answer.rcode(), answer.authority().getFirst());
        return ofZone.serves(asked)
                ? ofZone.tail()
                : writer.write(asked, answer, encloser, new HashSet<>(), Optional.empty());
    }

    /// A referral has DS records for DO, where the zone has any though it is not signed.
    private boolean isOtherForDo(Specimen specimen) {
        return !Specimen.of(zones, specimen.asked(), specimen.type(), true)
                .answer()
                .equals(specimen.answer());
    }

    private boolean isSigned(DomainName name) {
        return zones.closest(name).filter(Zone::isSigned).isPresent();
    }
}
