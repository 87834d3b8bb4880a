package meridian.dns;

import meridian.dns.zone.Zones;

/// Everything that a query may read; replaced whole, never changed.
///
/// @param tails what is ready of the zones' responses, made of `zones`
public record Snapshot(Zones zones, Tails tails, SteeredAnswers steered) {

    public Snapshot(Zones zones, SteeredAnswers steered) {
        this(zones, Tails.of(zones), steered);
    }
}
