package meridian.dns.wire;

import java.util.List;
import meridian.record.RRset;

/// What we decided to say to a question, before there are octets.
///
/// @param glue addresses without which the referral cannot be followed; if they do not fit, the
///   response is truncated (RFC 9471)
/// @param additional addresses that save a question; if they do not fit, they are left out
/// @param scopePrefix for how many bits of the client's address this holds (RFC 7871 §7.2.1)
public record Answer(
        Rcode rcode,
        boolean authoritative,
        List<RRset> answer,
        List<RRset> authority,
        List<RRset> glue,
        List<RRset> additional,
        int scopePrefix) {

    public Answer {
        answer = List.copyOf(answer);
        authority = List.copyOf(authority);
        glue = List.copyOf(glue);
        additional = List.copyOf(additional);
    }

    /// An rcode and nothing else: we have no authority, or could not answer.
    public static Answer bare(Rcode rcode) {
        return new Answer(rcode, false, List.of(), List.of(), List.of(), List.of(), 0);
    }
}
