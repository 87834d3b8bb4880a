package meridian.dns;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Header;
import meridian.dns.wire.Question;
import meridian.dns.wire.Response;
import meridian.dns.wire.ResponseWriter;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.record.Octets;
import meridian.record.RecordType;

/// Writes the response to a specimen of a question, and cuts its tail off.
final class TailWriter {

    /// The response's compression remembers 128 ends of names, the QNAME's 64 among them; what
    /// serves many QNAMEs must not depend on how many labels theirs have. One is left for the owner
    /// of a record that follows.
    static final int MOST_LABELS = 63;

    /// Octets of a specimen of a steered record: a pointer, ten of the head, and an address of
    /// four, whatever the type.
    private static final int SPECIMEN_LENGTH = 16;

    /// The position of no record.
    private static final int NOWHERE = -1;

    private static final int POINTER = 0xc000;
    private static final int OPT_LENGTH = 11;

    private final Octets octets;
    private final Zones zones;
    private final ByteBuffer out = ByteBuffer.allocate(ResponseWriter.MAX_LENGTH);
    private final Set<DomainName> leftAlone;

    /// With DO, for which signatures are written; or none.
    private final Optional<Response.Opt> opt;

    /// @param octets that get the tails
    TailWriter(Octets octets, Zones zones) {
        this(octets, zones, new LinkedHashSet<>(), Optional.empty());
    }

    private TailWriter(
            Octets octets, Zones zones, Set<DomainName> leftAlone, Optional<Response.Opt> opt) {
        this.octets = octets;
        this.zones = zones;
        this.leftAlone = leftAlone;
        this.opt = opt;
    }

    /// One that writes what is answered to DO.
    TailWriter signing() {
        var withDo = new Response.Opt(0, true, List.of());
        return new TailWriter(octets, zones, leftAlone, Optional.of(withDo));
    }

    /// Names that a name in some tail ends in: would they be asked for, they would be pointed at.
    Set<DomainName> leftAlone() {
        return leftAlone;
    }

    /// Where the tail is; 0 if there can be none.
    ///
    /// @param encloser below which are all the names that it serves; empty: it serves one
    /// @param taken gets the names just below the encloser that a name in the tail ends in
    /// @param steered whose address is the last record, a specimen
    int write(
            DomainName asked,
            Answer answer,
            Optional<DomainName> encloser,
            Set<DomainName> taken,
            Optional<SteeredName> steered) {
        if (hasMovingSoa(answer)) return 0;
        var traced = new Traced(asked.labelCount());
        var question = new Question(asked, RecordType.A, Question.IN);
        var response = new Response(new Header(0, 0), Optional.of(question), answer, opt);
        boolean truncated = ResponseWriter.write(response, out.capacity(), out.clear(), traced);
        int begin = Header.LENGTH + asked.wireLength() + 4;
        if (opt.isPresent()) removeOpt();
        if (truncated || out.position() - begin > Tails.MAX_LENGTH) return 0;
        if (encloser.isPresent()) {
            if (traced.names.size() > MOST_LABELS || traced.pointers.size() > 0xff) return 0;
            taken.addAll(traced.namesJustBelow(encloser.get()));
            leftAlone.addAll(taken);
        }
        List<Integer> pointers = encloser.isPresent() ? traced.pointers : List.of();
        return steered.isEmpty()
                ? putTail(asked, begin, out.position(), pointers)
                : putLinks(asked, begin, pointers, steered.get());
    }

    /// One that serves all names below an encloser, and that a record of a chain is to follow
    /// unless it has that.
    ///
    /// @param has the positions in the chain of records that it has, two at most
    int writeBeforeProof(DomainName asked, Answer answer, DomainName encloser, List<Integer> has) {
        int tail = write(asked, answer, Optional.of(encloser), new HashSet<>(), Optional.empty());
        if (tail == 0) return 0;
        octets.put32(has.isEmpty() ? NOWHERE : has.getFirst());
        octets.put32(has.isEmpty() ? NOWHERE : has.getLast());
        return tail;
    }

    /// Whether it will be another answer when a serial has moved.
    private boolean hasMovingSoa(Answer answer) {
        return Stream.concat(answer.answer().stream(), answer.authority().stream())
                .anyMatch(
                        rrset ->
                                rrset.type().equals(RecordType.SOA)
                                        && zones.isMoving(rrset.owner()));
    }

    /// It is the last additional record, with no options.
    private void removeOpt() {
        out.position(out.position() - OPT_LENGTH);
        out.putShort(10, (short) (out.getShort(10) - 1));
    }

    /// The links of a chain that ends at a steered name, whose addresses are all that is not known.
    private int putLinks(DomainName asked, int begin, List<Integer> pointers, SteeredName steered) {
        int end = out.position() - SPECIMEN_LENGTH;
        int owner = out.getShort(end);
        if ((owner & POINTER) != POINTER) return 0;
        out.putShort(2, (short) (out.getShort(2) | Tails.LINKS));
        out.putShort(6, (short) (out.getShort(6) - 1));
        int tail = putTail(asked, begin, end, pointers.stream().filter(at -> at < end).toList());
        octets.put32(steered.index());
        octets.put32(steered.position());
        octets.put16(owner);
        return tail;
    }

    private int putTail(DomainName asked, int begin, int end, List<Integer> pointers) {
        octets.reserve(Tails.TAIL_POINTERS + 2 * pointers.size() + end - begin + Tails.BEHIND);
        int tail = octets.put16(out.getShort(2) & (Tails.LINKS | Header.AA | 0xf));
        for (int section = 6; section < Header.LENGTH; section += 2)
            octets.put16(out.getShort(section));
        octets.put16(end - begin);
        octets.put8(asked.wireLength());
        octets.put8(pointers.size());
        pointers.forEach(pointer -> octets.put16(pointer - begin));
        octets.put(out.array(), begin, end - begin);
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
}
