package meridian.dns;

import java.util.Optional;
import meridian.dns.wire.Query;
import meridian.dns.wire.Question;
import meridian.dns.wire.Rcode;
import meridian.record.RecordType;

/// Questions that no zone is asked about.
///
/// | the question | the rcode |
/// |---|---|
/// | EDNS above version 0 | BADVERS (RFC 6891 §6.1.3) |
/// | a class other than IN | REFUSED |
/// | AXFR, IXFR | REFUSED: transfers are not served |
/// | MAILA, MAILB | NOTIMP (obsolete, RFC 1035 §3.2.3) |
/// | OPT, TSIG, other meta-types but ANY; type 0 | FORMERR: never data (RFC 6895 §3.1) |
final class Refusal {

    private static final int IXFR = 251;
    private static final int AXFR = 252;
    private static final int MAILB = 253;
    private static final int MAILA = 254;

    private Refusal() {}

    static Optional<Rcode> of(Query query) {
        if (query.edns().filter(edns -> edns.version() > 0).isPresent()) {
            return Optional.of(Rcode.BADVERS);
        }
        if (query.question().dnsClass() != Question.IN) return Optional.of(Rcode.REFUSED);
        return of(query.question().type());
    }

    private static Optional<Rcode> of(RecordType type) {
        return switch (type.number()) {
            case AXFR, IXFR -> Optional.of(Rcode.REFUSED);
            case MAILA, MAILB -> Optional.of(Rcode.NOTIMP);
            default -> isMeta(type) ? Optional.of(Rcode.FORMERR) : Optional.empty();
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
