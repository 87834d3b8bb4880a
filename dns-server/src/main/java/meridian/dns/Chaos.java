package meridian.dns;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import meridian.dns.wire.Answer;
import meridian.dns.wire.ExtendedError;
import meridian.dns.wire.Question;
import meridian.dns.wire.Rcode;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// Class CHAOS: names that are about the server which is asked (RFC 4892).
///
/// | the name | its TXT |
/// |---|---|
/// | `id.server`, `hostname.bind` | the node's id |
/// | `version.server`, `version.bind` | Meridian's version |
/// | `_explain.NAME` | why whoever asks gets what they get for NAME, a record for each line |
///
/// What is not to be told is REFUSED as prohibited, and any other name as one that is not ours.
final class Chaos {

    private static final List<DomainName> NODE =
            List.of(DomainName.of("id.server"), DomainName.of("hostname.bind"));
    private static final List<DomainName> VERSION =
            List.of(DomainName.of("version.server"), DomainName.of("version.bind"));
    private static final DomainName EXPLAIN = DomainName.of("_explain");

    private final Told told;

    Chaos(Told told) {
        this.told = told;
    }

    Answer answer(Question question, Client client, long draw) {
        DomainName name = question.name();
        if (NODE.contains(name)) return answer(question, told.node().map(List::of));
        if (VERSION.contains(name)) return answer(question, told.version().map(List::of));
        return isExplain(name)
                ? answer(question, told.explanations().lines(name.parent(), client, draw))
                : Answer.bare(Rcode.REFUSED, ExtendedError.NOT_AUTHORITATIVE);
    }

    private static boolean isExplain(DomainName name) {
        return !name.isRoot() && name.withSuffix(name.parent(), DomainName.ROOT).equals(EXPLAIN);
    }

    private static Answer answer(Question question, Optional<List<String>> texts) {
        if (texts.isEmpty()) return Answer.bare(Rcode.REFUSED, ExtendedError.PROHIBITED);
        RecordType type = question.type();
        boolean isAsked = type.equals(RecordType.TXT) || type.equals(RecordType.ANY);
        List<RRset> answer = isAsked ? List.of(txt(question.name(), texts.get())) : List.of();
        return Answer.saying(answer);
    }

    /// For nobody to keep.
    private static RRset txt(DomainName owner, List<String> texts) {
        return new RRset(owner, RecordType.TXT, 0, texts.stream().map(Chaos::rdata).toList());
    }

    private static byte[] rdata(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        byte[] rdata = new byte[1 + octets.length];
        rdata[0] = (byte) octets.length;
        System.arraycopy(octets, 0, rdata, 1, octets.length);
        return rdata;
    }
}
