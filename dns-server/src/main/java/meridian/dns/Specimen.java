package meridian.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Question;
import meridian.dns.wire.Rcode;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// The answer to one question, as a specimen of what others are answered.
///
/// @param steered whose address is its last record, a specimen too
/// @param isReady whether it depends on nothing but the question, and that address
record Specimen(
        DomainName asked,
        RecordType type,
        Answer answer,
        Optional<SteeredName> steered,
        boolean isReady) {

    private static final int PRIVATE_USE = 0xff00;

    private static final Client ANYONE =
            new Client(InetAddress.getLoopbackAddress(), Optional.empty());

    static Specimen of(Zones zones, DomainName asked, RecordType type, boolean dnssecOk) {
        var steering = new Steering();
        Answer answer =
                new AnswerCollector(zones, steering, ANYONE, type, dnssecOk, 0)
                        .collect(new Question(asked, type, Question.IN));
        boolean isReady = !isRenamed(answer) && steering.isReady(answer);
        return new Specimen(asked, type, answer, steering.last, isReady);
    }

    /// A type that is like all that a name has not.
    static RecordType absent(List<RecordType> held) {
        int number = PRIVATE_USE;
        while (held.contains(new RecordType(number))) number++;
        return new RecordType(number);
    }

    /// Gives a specimen of a record, and tells which name was asked for.
    private static final class Steering implements SteeredAnswers {
        private int asked;
        private Optional<SteeredName> last = Optional.empty();

        @Override
        public Choice answer(SteeredName name, RecordType type, Client client, long draw) {
            asked++;
            last = Optional.of(name);
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

    boolean refers() {
        return answer.authority().stream().anyMatch(rrset -> rrset.type().equals(RecordType.NS));
    }

    /// A DNAME makes names of the question's own labels, in their case.
    private static boolean isRenamed(Answer answer) {
        return answer.answer().stream().anyMatch(rrset -> rrset.type().equals(RecordType.DNAME))
                && (answer.answer().size() > 1 || answer.rcode() == Rcode.YXDOMAIN);
    }

    /// Whether it is a zone's SOA alone.
    boolean isNegative() {
        return answer.answer().isEmpty()
                && answer.authority().size() == 1
                && answer.authority().getFirst().type().equals(RecordType.SOA);
    }
}
