package meridian.dns;

import meridian.dns.zone.Zones;

/// Everything that a query may read; replaced whole, never changed.
///
/// @param tails what is ready of the zones' responses, made of `zones`
/// @param signedUntil when the first signature in it ends, in seconds since 1970; none does before
public record Snapshot(Zones zones, Tails tails, SteeredAnswers steered, long signedUntil) {

    /// One in which nothing is signed.
    public Snapshot(Zones zones, SteeredAnswers steered) {
        this(zones, Tails.of(zones), steered, Long.MAX_VALUE);
    }
}
