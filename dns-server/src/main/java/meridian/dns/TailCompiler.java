package meridian.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Question;
import meridian.dns.wire.Rcode;
import meridian.dns.zone.Lookup;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.record.Octets;
import meridian.record.RRset;
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

    private static final int PRIVATE_USE = 0xff00;

    private static final Client ANYONE =
            new Client(InetAddress.getLoopbackAddress(), Optional.empty());

    private final Zones zones;
    private final Octets octets = new Octets();
    private final Octets nodes = new Octets();
    private final List<Tails.PlainZone> plainZones = new ArrayList<>();
    private final byte[] wire = new byte[DomainName.MAX_LENGTH];
    private final TailWriter writer;
    private final Map<PlainEntry, Integer> plainEntries = new HashMap<>();
    private final NegativeTails negative;
    private final Map<Zone, ZoneWide> zoneWide = new HashMap<>();

    /// The entry of a name that has no type.
    private record PlainEntry(int others, boolean isSigned) {}

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
                        TailWriter.NOBODYS);
        writer.leftAlone().stream()
                .filter(name -> !exists(name))
                .forEach(name -> addNode(name, 0, 0));
        try (nodes) {
            return new Tails(octets, nodes, plainZones, refused);
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
        if (held.isPlain(wire, length)) {
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
                        ? plainEntry(wide.noData().tail(), zone.isSigned())
                        : types.size() > 0xff
                                ? 0
                                : putEntry(
                                        Optional.empty(),
                                        wide.noData().tail(),
                                        types,
                                        tails,
                                        zone.isSigned());
        addNode(
                name,
                exact,
                Nobody.hasRoomBelow(name.wireLength())
                        ? plainEntry(wide.nameError().tail(), zone.isSigned())
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
                        plainEntry(nameError.tail(), zone.isSigned()),
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
        Set<RecordType> steered =
                holder.flatMap(Zone.Held::steered).map(SteeredName::types).orElse(Set.of());
        if (steered.contains(RecordType.CNAME)) return 0;
        List<RecordType> held = holder.map(Zone.Held::types).orElse(List.of());
        Lookup outcome = zones.lookup(asked, absent(held));
        int others =
                negative.known(outcome, asked)
                        .orElseGet(
                                () -> leadsOn(outcome) ? 0 : tail(asked, absent(held), encloser));
        List<RecordType> types =
                withAnswersOfTheirOwn(held, outcome)
                        .filter(type -> Tails.isPlain(type.number()) && !steered.contains(type))
                        .toList();
        if (types.size() > 0xff) return 0;
        boolean isSigned = maySign(asked, outcome);
        if (types.isEmpty() && steered.isEmpty()) return plainEntry(others, isSigned);
        int[] tails = types.stream().mapToInt(type -> tail(asked, type, encloser)).toArray();
        return putEntry(holder, others, types, tails, isSigned);
    }

    /// Whether the name is in a signed zone, or an alias that may lead into one.
    private boolean maySign(DomainName asked, Lookup outcome) {
        return zones.closest(asked).filter(Zone::isSigned).isPresent()
                || (leadsOn(outcome) && zones.all().anyMatch(Zone::isSigned));
    }

    private int plainEntry(int others, boolean isSigned) {
        return plainEntries.computeIfAbsent(
                new PlainEntry(others, isSigned),
                _ -> putEntry(Optional.empty(), others, List.of(), new int[0], isSigned));
    }

    /// A type that is like all that the name has not.
    private static RecordType absent(List<RecordType> held) {
        int number = PRIVATE_USE;
        while (held.contains(new RecordType(number))) number++;
        return new RecordType(number);
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

    private int putEntry(
            Optional<Zone.Held> holder,
            int others,
            List<RecordType> types,
            int[] tails,
            boolean isSigned) {
        Optional<SteeredName> steered = holder.flatMap(Zone.Held::steered);
        octets.reserve(Tails.ENTRY_TYPES + 6 * tails.length);
        int entry = octets.put32(steered.map(SteeredName::index).orElse(-1));
        octets.put8(
                steered.map(SteeredName::types).map(TailCompiler::bits).orElse(0)
                        | (isSigned ? Tails.SIGNED : 0));
        octets.put8(tails.length);
        octets.put32(others);
        for (int i = 0; i < tails.length; i++) {
            octets.put16(types.get(i).number());
            octets.put32(tails[i]);
        }
        return entry;
    }

    private static int bits(Set<RecordType> types) {
        return (types.contains(RecordType.A) ? Tails.STEERS_A : 0)
                | (types.contains(RecordType.AAAA) ? Tails.STEERS_AAAA : 0);
    }

    /// The tail of the response to a question, if that depends on nothing but the question.
    private int tail(DomainName asked, RecordType type, Optional<DomainName> encloser) {
        var steering = new Steering();
        Answer answer = answer(asked, type, false, steering);
        if (isRenamed(answer) || !steering.isReady(answer)) return 0;
        if (refers(answer) && !answer(asked, type, true, steering).equals(answer)) return 0;
        if (steering.asked > 0)
            return writer.write(asked, answer, encloser, new HashSet<>(), steering.service);
        if (!isNegative(answer))
            return writer.write(asked, answer, encloser, new HashSet<>(), TailWriter.NOBODYS);
        NegativeTails.Shared ofZone = negative.of(answer.rcode(), answer.authority().getFirst());
        return ofZone.serves(asked)
                ? ofZone.tail()
                : writer.write(asked, answer, encloser, new HashSet<>(), TailWriter.NOBODYS);
    }

    /// Gives a specimen of a record, and tells which service was asked for it.
    private static final class Steering implements SteeredAnswers {
        private int asked;
        private int service = TailWriter.NOBODYS;

        @Override
        public Choice answer(SteeredName name, RecordType type, Client client, long draw) {
            asked++;
            service = name.index();
            byte[] rdata = type.equals(RecordType.CNAME) ? new byte[1] : new byte[4];
            return new Choice(Optional.of(new RRset(name.owner(), type, 0, List.of(rdata))), 0);
        }

        /// Whether all of an answer is known but for the addresses at its end.
        boolean isReady(Answer answer) {
            if (asked == 0) return true;
            RecordType last = answer.answer().getLast().type();
            return asked == 1
                    && (last.equals(RecordType.A) || last.equals(RecordType.AAAA))
                    && answer.authority().isEmpty()
                    && answer.additional().isEmpty();
        }
    }

    private Answer answer(
            DomainName asked, RecordType type, boolean dnssecOk, SteeredAnswers steering) {
        return new AnswerCollector(zones, steering, ANYONE, type, dnssecOk, 0)
                .collect(new Question(asked, type, Question.IN));
    }

    private static boolean refers(Answer answer) {
        return answer.authority().stream().anyMatch(rrset -> rrset.type().equals(RecordType.NS));
    }

    /// A DNAME makes names of the question's own labels, in their case.
    private static boolean isRenamed(Answer answer) {
        return answer.answer().stream().anyMatch(rrset -> rrset.type().equals(RecordType.DNAME))
                && (answer.answer().size() > 1 || answer.rcode() == Rcode.YXDOMAIN);
    }

    private static boolean isNegative(Answer answer) {
        return answer.answer().isEmpty()
                && answer.authority().size() == 1
                && answer.authority().getFirst().type().equals(RecordType.SOA);
    }
}
