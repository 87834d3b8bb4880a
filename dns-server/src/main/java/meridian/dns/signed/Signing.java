package meridian.dns.signed;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.signing.SigningKey;
import meridian.signing.ZoneSigning;

/// One pass of signing over all that is served: with which keys and by which chain, by the state of
/// the keys at one moment.
///
/// Signatures are made when a pass begins, or when there is something new to answer, and never for
/// a query. The next pass is due when a key's state changes or a signature nears its end.
public final class Signing {

    /// For those who sign nothing.
    public static final Signing NONE =
            new Signing(Map.of(), new SignatureStore(() -> 0), Instant.EPOCH);

    /// Signatures end at moments that are spread; what ends within an hour is renewed together.
    private static final Duration BETWEEN = Duration.ofHours(1);

    private final Map<DomainName, ZoneSigning> zones;
    private final SignatureStore store;
    private final Instant at;

    /// When the first of those ends that this pass has asked for. It is the pass's own: one whose
    /// configuration is refused says nothing of what goes on to be served.
    private volatile Instant earliest = Instant.MAX;

    private Signing(Map<DomainName, ZoneSigning> zones, SignatureStore store, Instant at) {
        this.zones = Map.copyOf(zones);
        this.store = store;
        this.at = at;
    }

    /// Begins a pass.
    ///
    /// @param zones those that are signed, by apex
    /// @param store of the signatures that earlier passes made
    public static Signing begin(
            Map<DomainName, ZoneSigning> zones, SignatureStore store, Instant at) {
        store.turn();
        return new Signing(zones, store, at);
    }

    /// Begins the next pass with the same keys.
    public Signing again(Instant later) {
        return begin(zones, store, later);
    }

    /// What signs in the zone of this apex, if the zone is signed.
    public Optional<ZoneSigner> signer(DomainName apex) {
        return Optional.ofNullable(zones.get(apex)).map(of -> new ZoneSigner(of, this, store));
    }

    Instant at() {
        return at;
    }

    /// How many signatures were made, in all passes.
    public long made(Occasion occasion) {
        return store.made(occasion);
    }

    /// The data of an RRSIG record.
    ///
    /// @param kept where it may be
    byte[] rrsig(SignatureStore kept, RRset rrset, SigningKey key, Occasion occasion) {
        SignatureStore.Found found = kept.signature(rrset, key, at, occasion);
        noteEnd(found.expiration());
        return found.rrsig();
    }

    /// The same for a set that nobody will ask for again.
    byte[] passingRrsig(RRset rrset, SigningKey key) {
        SignatureStore.Found made = store.made(rrset, key, at);
        noteEnd(made.expiration());
        return made.rrsig();
    }

    private synchronized void noteEnd(Instant expiration) {
        if (expiration.isBefore(earliest)) earliest = expiration;
    }

    /// Whether it is time for the next pass.
    public boolean isDue(Instant now) {
        if (zones.isEmpty()) return false;
        boolean isKeyDue =
                zones.values().stream()
                        .flatMap(of -> of.keys().next(at).stream())
                        .anyMatch(change -> !change.isAfter(now));
        return isKeyDue || (!now.isBefore(at.plus(BETWEEN)) && nearsEnd(now));
    }

    private boolean nearsEnd(Instant now) {
        return now.plus(SignatureStore.RENEWED_BEFORE_END).isAfter(earliest);
    }

    /// When the first signature ends of those that are served; nothing if none is.
    public Optional<Instant> earliestExpiration() {
        return Optional.of(earliest).filter(end -> !end.equals(Instant.MAX));
    }
}
