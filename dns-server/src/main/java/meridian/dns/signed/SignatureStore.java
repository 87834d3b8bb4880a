package meridian.dns.signed;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import meridian.record.RRset;
import meridian.signing.Rrsig;
import meridian.signing.SigningKey;

/// Every signature that is in use, so that what is the same is not signed again: a region that
/// falls, or a reload, costs none.
///
/// Passes over all that is served follow one another ([Signing]); what two of them do not ask for
/// is forgotten. For any thread.
public final class SignatureStore {

    /// Long enough that a fleet whose operators are away for a week goes on.
    static final Duration VALIDITY = Duration.ofDays(14);

    /// Signatures that were made together end at moments spread over as much, and so are not
    /// renewed all at once.
    static final Duration SPREAD = Duration.ofDays(2);

    /// A signature with less life than this is made anew; also what is left to notice that none
    /// are.
    static final Duration RENEWED_BEFORE_END = Duration.ofDays(5);

    /// For validators whose clocks are slow.
    private static final Duration BACKDATED = Duration.ofHours(1);

    /// @param rrsig the data of an RRSIG record
    @SuppressWarnings("ArrayRecordComponent") // nobody changes or compares it
    record Found(byte[] rrsig, Instant expiration) {}

    private final LongSupplier draws;
    private volatile ConcurrentMap<ByteBuffer, Found> current = new ConcurrentHashMap<>();
    private volatile ConcurrentMap<ByteBuffer, Found> previous = new ConcurrentHashMap<>();

    /// @param draws by which ends are spread
    public SignatureStore(LongSupplier draws) {
        this.draws = draws;
    }

    /// A pass over all that is served begins.
    synchronized void turn() {
        previous = current;
        current = new ConcurrentHashMap<>();
    }

    /// A signature that was made before, or is now.
    Found signature(RRset rrset, SigningKey key, Instant at) {
        ByteBuffer identity = identity(rrset, key);
        Found before = current.get(identity);
        if (before == null) before = previous.get(identity);
        Found found =
                before != null && before.expiration.isAfter(at.plus(RENEWED_BEFORE_END))
                        ? before
                        : made(rrset, key, at);
        current.put(identity, found);
        return found;
    }

    /// One that is made now, and not kept.
    Found made(RRset rrset, SigningKey key, Instant at) {
        long early = Math.floorMod(draws.getAsLong(), SPREAD.toSeconds());
        Instant expiration = at.plus(VALIDITY).minusSeconds(early);
        return new Found(Rrsig.of(rrset, key, at.minus(BACKDATED), expiration), expiration);
    }

    private static ByteBuffer identity(RRset rrset, SigningKey key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key.dnskey());
            return ByteBuffer.wrap(digest.digest(Rrsig.identity(rrset)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
