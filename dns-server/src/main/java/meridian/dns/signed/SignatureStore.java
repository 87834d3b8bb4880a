package meridian.dns.signed;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.signing.Rrsig;
import meridian.signing.SigningKey;

/// Every signature that is in use, so that what is the same is not signed again: a region that
/// falls, or a reload, costs none.
///
/// Passes over all that is served follow one another ([Signing]); what two of them do not ask for
/// is forgotten. Each steered name has a store of its own, in which a pass begins whenever it is
/// answered with something else: so what it may come to next is there, and what it might have come
/// to long ago is not. For any thread.
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
    private final Map<Occasion, LongAdder> made;
    private final Kept<ByteBuffer, Found> signatures = new Kept<>();
    private final Kept<DomainName, SignatureStore> ofSteered = new Kept<>();

    /// @param draws by which ends are spread
    public SignatureStore(LongSupplier draws) {
        this(
                draws,
                Map.of(
                        Occasion.AHEAD, new LongAdder(),
                        Occasion.PUBLISHING, new LongAdder()));
    }

    private SignatureStore(LongSupplier draws, Map<Occasion, LongAdder> made) {
        this.draws = draws;
        this.made = made;
    }

    /// A pass over all that is in it begins.
    void turn() {
        signatures.turn();
        ofSteered.turn();
    }

    /// That of a steered name.
    SignatureStore ofSteered(DomainName owner) {
        return ofSteered.asked(
                owner, (_, known) -> known != null ? known : new SignatureStore(draws, made));
    }

    /// How many signatures were made, here and for steered names.
    long made(Occasion occasion) {
        return requireNonNull(made.get(occasion)).sum();
    }

    /// A signature that was made before, or is now.
    Found signature(RRset rrset, SigningKey key, Instant at, Occasion occasion) {
        return signatures.asked(
                identity(rrset, key),
                (_, known) ->
                        known != null && known.expiration.isAfter(at.plus(RENEWED_BEFORE_END))
                                ? known
                                : counted(rrset, key, at, occasion));
    }

    private Found counted(RRset rrset, SigningKey key, Instant at, Occasion occasion) {
        requireNonNull(made.get(occasion)).increment();
        return made(rrset, key, at);
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
