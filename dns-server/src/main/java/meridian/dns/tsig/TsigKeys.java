package meridian.dns.tsig;

import static meridian.dns.tsig.TsigOutcome.Reason.BADKEY;
import static meridian.dns.tsig.TsigOutcome.Reason.BADSIG;
import static meridian.dns.tsig.TsigOutcome.Reason.BADTIME;
import static meridian.dns.tsig.TsigOutcome.Reason.BADTRUNC;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import meridian.dns.wire.Tsig;
import meridian.record.DomainName;
import meridian.signing.TsigKey;

/// The keys that are shared with others, by which messages of theirs are known.
///
/// | the query's signature, in this order (RFC 8945 §5.2) | the error | the refusal is signed |
/// |---|---|---|
/// | by a key that we have not, or another algorithm | BADKEY | no |
/// | has a length that no code of the algorithm has | none: FORMERR | no |
/// | is not what the key makes of the message | BADSIG | no |
/// | of a time further from ours than its fudge | BADTIME, with ours | yes |
/// | is a part of a code | BADTRUNC | yes |
public final class TsigKeys {

    public static final TsigKeys NONE = new TsigKeys(List.of());

    private static final int SHORTEST_CODE = 10;

    private final Map<DomainName, TsigKey> keys;

    public TsigKeys(Collection<TsigKey> keys) {
        this.keys = keys.stream().collect(Collectors.toUnmodifiableMap(TsigKey::name, key -> key));
    }

    public Optional<TsigKey> find(DomainName name) {
        return Optional.ofNullable(keys.get(name));
    }

    /// Looks at the signature of a query.
    ///
    /// @param message from its position on
    public TsigOutcome check(ByteBuffer message, Tsig tsig, Instant now) {
        Optional<TsigKey> key =
                find(tsig.key()).filter(it -> it.algorithm().domainName().equals(tsig.algorithm()));
        if (key.isEmpty()) return unsigned(tsig, BADKEY);
        int whole = key.get().algorithm().length();
        int length = tsig.code().length;
        if (length > whole || length < Math.max(SHORTEST_CODE, whole / 2))
            return new TsigOutcome.Malformed();
        if (!TsigRecord.isGenuine(message, tsig, key.get(), new byte[0]))
            return unsigned(tsig, BADSIG);
        var session = TsigSession.answering(key.get(), tsig);
        if (!TsigRecord.isOfNow(tsig, now)) return signed(tsig, BADTIME, session);
        if (length < whole) return signed(tsig, BADTRUNC, session);
        return new TsigOutcome.Genuine(key.get(), session);
    }

    /// What is said to a query that was heard before.
    public static TsigOutcome.Refused replayed(Tsig tsig, TsigSession session) {
        return signed(tsig, BADTIME, session);
    }

    private static TsigOutcome.Refused signed(
            Tsig tsig, TsigOutcome.Reason reason, TsigSession session) {
        return new TsigOutcome.Refused(
                tsig, reason, (out, start, now) -> session.refuse(out, start, tsig, reason, now));
    }

    private static TsigOutcome.Refused unsigned(Tsig tsig, TsigOutcome.Reason reason) {
        return new TsigOutcome.Refused(
                tsig,
                reason,
                (out, start, _) ->
                        TsigRecord.append(
                                out,
                                start,
                                tsig.key(),
                                tsig.algorithm(),
                                tsig.time(),
                                new byte[0],
                                reason.number(),
                                new byte[0]));
    }
}
