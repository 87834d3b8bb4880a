package meridian.dns;

import java.util.Optional;
import meridian.dns.wire.Answer;
import meridian.dns.wire.ExtendedError;
import meridian.dns.wire.Header;
import meridian.dns.wire.Query;
import meridian.dns.wire.Question;
import meridian.dns.wire.Rcode;
import meridian.record.RecordType;

/// Questions that nobody is asked about.
///
/// | the question | the rcode | why (RFC 8914) |
/// |---|---|---|
/// | EDNS above version 0 | BADVERS (RFC 6891 §6.1.3) | |
/// | a class other than IN and CHAOS | REFUSED | not authoritative |
/// | AXFR, IXFR | REFUSED: who may have a zone has been answered already ([Transfers]) | prohibited |
/// | MAILA, MAILB | NOTIMP (obsolete, RFC 1035 §3.2.3) | not supported |
/// | OPT, TSIG, other meta-types but ANY; type 0 | FORMERR: never data (RFC 6895 §3.1) | |
final class Refusal {

    private static final int IXFR = 251;
    private static final int AXFR = 252;
    private static final int MAILB = 253;
    private static final int MAILA = 254;

    private Refusal() {}

    static Optional<Answer> of(Query query) {
        if (query.edns().filter(edns -> edns.version() > 0).isPresent()) {
            return Optional.of(Answer.bare(Rcode.BADVERS));
        }
        Question question = query.question();
        boolean isOurs = question.dnsClass() == Question.IN || question.dnsClass() == Question.CH;
        return isOurs
                ? of(question.type())
                : Optional.of(Answer.bare(Rcode.REFUSED, ExtendedError.NOT_AUTHORITATIVE));
    }

    /// What primaries tell and dynamic updates are known, and not wanted; the rest is not known.
    static Answer of(Header header) {
        return switch (header.opcode()) {
            case Header.OPCODE_NOTIFY, Header.OPCODE_UPDATE ->
                    Answer.bare(Rcode.REFUSED, ExtendedError.PROHIBITED);
            default -> Answer.bare(Rcode.NOTIMP, ExtendedError.NOT_SUPPORTED);
        };
    }

    /// Whether it is asked for a zone, or what changed in it.
    static boolean isOfTransfer(Query query) {
        int type = query.question().type().number();
        return type == AXFR || type == IXFR;
    }

    private static Optional<Answer> of(RecordType type) {
        return switch (type.number()) {
            case AXFR, IXFR -> Optional.of(Answer.bare(Rcode.REFUSED, ExtendedError.PROHIBITED));
            case MAILA, MAILB ->
                    Optional.of(Answer.bare(Rcode.NOTIMP, ExtendedError.NOT_SUPPORTED));
            default -> isMeta(type) ? Optional.of(Answer.bare(Rcode.FORMERR)) : Optional.empty();
        };
    }

    /// RFC 6895 §3.1 sets 128 to 255 aside for types that are never data; OPT is older than that.
    private static boolean isMeta(RecordType type) {
        int number = type.number();
        return number == 0
                || type.equals(RecordType.OPT)
                || (number >= 128 && number < RecordType.ANY.number());
    }
}
