package meridian.dns;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Header;
import meridian.dns.wire.Question;
import meridian.dns.wire.Rcode;
import meridian.dns.wire.Response;
import meridian.dns.wire.ResponseWriter;
import meridian.dns.zone.Lookup;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// Makes [Tails]: asks the zones a specimen of each question, and keeps what the response has
/// behind it.
///
/// | the question | its specimen |
/// |---|---|
/// | a name that exists | itself |
/// | names that do not, below one that does | [#NOBODY] below it |
/// | whatever ends in a zone's SOA alone | [#NOBODY] below the apex: one tail for the whole zone |
///
/// Where one specimen stands for many names, one of them may end as a name in the tail does, and
/// would be pointed at (QNAME `hostmaster.example.com`, and the SOA's mailbox). Such a name gets a
/// node that leads to the responder.
final class TailCompiler {

    /// A label that no zone has: names that do not exist are alike but for its length.
    private static final byte[] NOBODY = {4, 0, (byte) 0xff, 0, (byte) 0xff};

    /// The response's compression remembers 128 ends of names, those of the QNAME among them; what
    /// serves many QNAMEs must not depend on how many labels theirs have.
    static final int MOST_LABELS = 64;

    private static final int PRIVATE_USE = 0xff00;

    /// The service of what is not steered.
    private static final int NOBODYS = -1;

    /// Octets of a specimen of a steered record: a pointer, ten of the head, and an address of
    /// four, whatever the type.
    private static final int SPECIMEN_LENGTH = 16;

    private static final int POINTER = 0xc000;
    private static final Client ANYONE =
            new Client(InetAddress.getLoopbackAddress(), Optional.empty());

    private final Zones zones;
    private final Octets octets = new Octets();
    private final IntStream.Builder nodes = IntStream.builder();
    private final ByteBuffer out = ByteBuffer.allocate(ResponseWriter.MAX_LENGTH);
    private final Set<DomainName> leftAlone = new LinkedHashSet<>();
    private final Map<Integer, Integer> plainEntries = new HashMap<>();
    private final Map<Negative, Shared> shared = new HashMap<>();

    /// A response with nothing but a zone's SOA.
    private record Negative(Rcode rcode, RRset soa) {}

    /// A tail for all names of a zone but those at or below the `taken`.
    private record Shared(int tail, Set<DomainName> taken) {
        boolean serves(DomainName name) {
            return taken.stream().noneMatch(name::isAtOrBelow);
        }
    }

    TailCompiler(Zones zones) {
        this.zones = zones;
    }

    Tails tails() {
        zones.all().forEach(this::addZone);
        DomainName nobody = nobodyBelow(DomainName.ROOT).orElseThrow();
        int refused =
                write(nobody, Answer.bare(Rcode.REFUSED), Optional.empty(), Set.of(), NOBODYS);
        leftAlone.stream().filter(name -> !exists(name)).forEach(name -> addNode(name, 0, 0));
        return new Tails(octets.toArray(), nodes.build().toArray(), refused);
    }

    private boolean exists(DomainName name) {
        return zones.closest(name).filter(zone -> zone.holds(name)).isPresent();
    }

    /// Names below another zone of ours are that one's.
    private void addZone(Zone zone) {
        zone.names()
                .filter(held -> zones.closest(held.name()).filter(zone::equals).isPresent())
                .forEach(held -> addName(zone, held));
    }

    private void addName(Zone zone, Zone.Held held) {
        int exact = entry(held.name(), Optional.of(held), Optional.empty());
        int below =
                nobodyBelow(held.name())
                        .filter(nobody -> !zone.holds(nobody))
                        .map(nobody -> entry(nobody, held.wildcard(), Optional.of(held.name())))
                        .orElse(0);
        addNode(held.name(), exact, below);
    }

    private void addNode(DomainName name, int exact, int below) {
        int node = octets.put32(exact);
        octets.put32(below);
        octets.put8(name.wireLength());
        for (int i = 0; i < name.wireLength(); i++) octets.put8(lower(name.wireAt(i)));
        nodes.add(node);
    }

    private static Optional<DomainName> nobodyBelow(DomainName name) {
        if (name.wireLength() + NOBODY.length > DomainName.MAX_LENGTH) return Optional.empty();
        byte[] wire = Arrays.copyOf(NOBODY, NOBODY.length + name.wireLength());
        System.arraycopy(name.toWire(), 0, wire, NOBODY.length, name.wireLength());
        return Optional.of(DomainName.ofWire(wire, 0, wire.length));
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
                known(outcome, asked)
                        .orElseGet(
                                () -> leadsOn(outcome) ? 0 : tail(asked, absent(held), encloser));
        List<RecordType> types =
                withAnswersOfTheirOwn(held, outcome)
                        .filter(type -> Tails.isPlain(type.number()) && !steered.contains(type))
                        .toList();
        if (types.size() > 0xff) return 0;
        if (types.isEmpty() && steered.isEmpty())
            return plainEntries.computeIfAbsent(
                    others, _ -> putEntry(holder, others, types, new int[0]));
        int[] tails = types.stream().mapToInt(type -> tail(asked, type, encloser)).toArray();
        return putEntry(holder, others, types, tails);
    }

    /// A type that is like all that the name has not.
    private static RecordType absent(List<RecordType> held) {
        int number = PRIVATE_USE;
        while (held.contains(new RecordType(number))) number++;
        return new RecordType(number);
    }

    /// What is shared and was made before: for a million names, once in place of two million times.
    private Optional<Integer> known(Lookup outcome, DomainName asked) {
        Optional<Negative> negative =
                switch (outcome) {
                    case Lookup.NoData(var soa) -> Optional.of(new Negative(Rcode.NOERROR, soa));
                    case Lookup.NameError(var soa) ->
                            Optional.of(new Negative(Rcode.NXDOMAIN, soa));
                    default -> Optional.empty();
                };
        return negative.flatMap(one -> Optional.ofNullable(shared.get(one)))
                .filter(ofZone -> ofZone.serves(asked))
                .map(Shared::tail);
    }

    /// Whether an alias leads into our zones: then each type ends elsewhere.
    private boolean leadsOn(Lookup outcome) {
        return outcome instanceof Lookup.Alias(var _, var target)
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
            Optional<Zone.Held> holder, int others, List<RecordType> types, int[] tails) {
        Optional<SteeredName> steered = holder.flatMap(Zone.Held::steered);
        int entry = octets.put32(steered.map(SteeredName::index).orElse(-1));
        octets.put8(steered.map(SteeredName::types).map(TailCompiler::bits).orElse(0));
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
            return write(asked, answer, encloser, new HashSet<>(), steering.service);
        if (!isNegative(answer)) return write(asked, answer, encloser, new HashSet<>(), NOBODYS);
        Shared ofZone =
                shared.computeIfAbsent(
                        new Negative(answer.rcode(), answer.authority().getFirst()),
                        _ -> shared(answer));
        return ofZone.serves(asked)
                ? ofZone.tail()
                : write(asked, answer, encloser, new HashSet<>(), NOBODYS);
    }

    /// Gives a specimen of a record, and tells which service was asked for it.
    private static final class Steering implements SteeredAnswers {
        private int asked;
        private int service = NOBODYS;

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

    private Shared shared(Answer negative) {
        DomainName apex = negative.authority().getFirst().owner();
        var taken = new HashSet<DomainName>();
        return nobodyBelow(apex)
                .map(nobody -> write(nobody, negative, Optional.of(apex), taken, NOBODYS))
                .map(tail -> new Shared(tail, taken))
                .orElse(new Shared(0, Set.of(apex)));
    }

    /// @param taken gets the names just below the encloser that a name in the tail ends in
    /// @param service whose address is the last record, a specimen; or [#NOBODYS]
    private int write(
            DomainName asked,
            Answer answer,
            Optional<DomainName> encloser,
            Set<DomainName> taken,
            int service) {
        var traced = new Traced(asked.labelCount());
        var question = new Question(asked, RecordType.A, Question.IN);
        var response =
                new Response(new Header(0, 0), Optional.of(question), answer, Optional.empty());
        boolean truncated = ResponseWriter.write(response, out.capacity(), out.clear(), traced);
        int begin = Header.LENGTH + asked.wireLength() + 4;
        if (truncated || out.position() - begin > Tails.MAX_LENGTH) return 0;
        if (encloser.isPresent()) {
            if (traced.names.size() > MOST_LABELS || traced.pointers.size() > 0xff) return 0;
            taken.addAll(traced.namesJustBelow(encloser.get()));
            leftAlone.addAll(taken);
        }
        List<Integer> pointers = encloser.isPresent() ? traced.pointers : List.of();
        return service == NOBODYS
                ? putTail(asked, begin, out.position(), pointers)
                : putLinks(asked, begin, pointers, service);
    }

    /// The links of a chain that ends at a steered name, whose addresses are all that is not known.
    private int putLinks(DomainName asked, int begin, List<Integer> pointers, int service) {
        int end = out.position() - SPECIMEN_LENGTH;
        int owner = out.getShort(end);
        if ((owner & POINTER) != POINTER) return 0;
        out.putShort(2, (short) (out.getShort(2) | Tails.LINKS));
        out.putShort(6, (short) (out.getShort(6) - 1));
        int tail = putTail(asked, begin, end, pointers.stream().filter(at -> at < end).toList());
        octets.put32(service);
        octets.put16(owner);
        return tail;
    }

    private int putTail(DomainName asked, int begin, int end, List<Integer> pointers) {
        int tail = octets.put16(out.getShort(2) & (Tails.LINKS | Header.AA | 0xf));
        for (int section = 6; section < Header.LENGTH; section += 2)
            octets.put16(out.getShort(section));
        octets.put16(end - begin);
        octets.put8(asked.wireLength());
        octets.put8(pointers.size());
        pointers.forEach(pointer -> octets.put16(pointer - begin));
        for (int at = begin; at < end; at++) octets.put8(out.get(at));
        return tail;
    }

    /// What of a response depends on its question's name.
    private static final class Traced implements ResponseWriter.Trace {
        private final List<Integer> pointers = new ArrayList<>();
        private final List<DomainName> names = new ArrayList<>();
        private int ofQuestion;

        /// @param ofQuestion how many of the names are the question's, which come first
        Traced(int ofQuestion) {
            this.ofQuestion = ofQuestion;
        }

        @Override
        public void pointer(int offset) {
            pointers.add(offset);
        }

        @Override
        public void name(byte[] wire, int from) {
            if (ofQuestion-- > 0) return;
            int end = from;
            while (wire[end] != 0) end += 1 + wire[end];
            names.add(DomainName.ofWire(wire, from, end + 1 - from));
        }

        Set<DomainName> namesJustBelow(DomainName encloser) {
            return names.stream()
                    .filter(name -> name.isBelow(encloser))
                    .map(name -> name.suffix(name.labelCount() - encloser.labelCount() - 1))
                    .collect(Collectors.toSet());
        }
    }

    private static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + ('a' - 'A')) : octet;
    }
}
