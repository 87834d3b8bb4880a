package meridian.steering;

import java.time.Instant;
import meridian.health.Health;
import meridian.record.RecordType;
import meridian.topology.RegionId;

/// One region as a client's answer sees it: how far down the client's preference it is, and what it
/// is good for.
///
/// @param tier 0 for the most liked; regions of one tier are drawn by weight
/// @param held whether it is below `min-up` and kept in service by the guard
public record Candidate(RegionId region, int tier, int weight, PoolState pool, boolean held) {

    /// What it is good for, in words: `up: 2 of 3 endpoints up`.
    public String condition(RecordType type) {
        String measured =
                pool.count(type, Health.UP)
                        + " of "
                        + pool.endpoints(type).size()
                        + " endpoints up, "
                        + pool.needed(type)
                        + " needed";
        if (pool.drained()) return "drained; " + measured;
        if (held) return "below min-up, kept in service by the guard; " + measured;
        if (pool.waits(type).isPresent()) return waiting(type, measured);
        if (pool.percent(type) < 100)
            return "coming back, with " + pool.percent(type) + "% of its clients; " + measured;
        return switch (pool.health(type)) {
            case UP -> "up; " + measured;
            case DOWN -> "down; " + measured;
            case UNKNOWN -> "unknown; " + measured;
        };
    }

    /// What is still down needs more than a person's word.
    private String waiting(RecordType type, String measured) {
        if (pool.health(type) == Health.DOWN)
            return "down; " + measured + "; once up it waits for a failback";
        return "waits for a failback since "
                + Instant.ofEpochMilli(pool.waits(type).orElseThrow().time().millis())
                + "; "
                + measured;
    }
}
