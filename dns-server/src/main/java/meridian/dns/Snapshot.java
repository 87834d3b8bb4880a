package meridian.dns;

import meridian.dns.zone.Zones;

/// Everything that a query may read; replaced whole, never changed.
public record Snapshot(Zones zones, SteeredAnswers steered) {}
