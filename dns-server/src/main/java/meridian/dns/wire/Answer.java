package meridian.dns.wire;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.record.RRset;
import meridian.signing.Rrsig;

/// What we decided to say to a question, before there are octets.
///
/// @param glue addresses without which the referral cannot be followed; if they do not fit, the
///   response is truncated (RFC 9471)
/// @param additional addresses that save a question; if they do not fit, they are left out
/// @param scopePrefix for how many bits of the client's address this holds (RFC 7871 §7.2.1)
/// @param error why it is no more than this
public record Answer(
        Rcode rcode,
        boolean authoritative,
        List<RRset> answer,
        List<RRset> authority,
        List<RRset> glue,
        List<RRset> additional,
        int scopePrefix,
        Optional<ExtendedError> error) {

    public Answer {
        answer = List.copyOf(answer);
        authority = List.copyOf(authority);
        glue = List.copyOf(glue);
        additional = List.copyOf(additional);
    }

    /// One that needs no excuse.
    public Answer(
            Rcode rcode,
            boolean authoritative,
            List<RRset> answer,
            List<RRset> authority,
            List<RRset> glue,
            List<RRset> additional,
            int scopePrefix) {
        this(
                rcode,
                authoritative,
                answer,
                authority,
                glue,
                additional,
                scopePrefix,
                Optional.empty());
    }

    /// An rcode and nothing else: we have no authority, or could not answer.
    public static Answer bare(Rcode rcode) {
        return new Answer(rcode, false, List.of(), List.of(), List.of(), List.of(), 0);
    }

    /// The same, and why.
    public static Answer bare(Rcode rcode, ExtendedError error) {
        return bare(rcode).because(error);
    }

    /// These records, of which we are sure, and nothing beside them.
    public static Answer saying(List<RRset> answer) {
        return new Answer(Rcode.NOERROR, true, answer, List.of(), List.of(), List.of(), 0);
    }

    public Answer because(ExtendedError error) {
        return new Answer(
                rcode,
                authoritative,
                answer,
                authority,
                glue,
                additional,
                scopePrefix,
                Optional.of(error));
    }

    /// Whether a signature in it has ended. Such says no more than none, and is kept by whoever
    /// does not look; after SERVFAIL another server of the zone is asked, which may have renewed
    /// its own.
    ///
    /// @param now in seconds since 1970
    public boolean hasEnded(long now) {
        return Stream.of(answer, authority, glue, additional)
                .flatMap(List::stream)
                .flatMap(rrset -> rrset.signatures().stream())
                .anyMatch(rrsig -> Rrsig.hasEnded(rrsig, now));
    }
}
