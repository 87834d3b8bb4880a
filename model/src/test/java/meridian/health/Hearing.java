package meridian.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.NodeId;
import meridian.topology.RegionId;

/// One node that hears vantages say things, and counts: a [Tally] with a clock to turn.
final class Hearing {

    static final WatchKey KEY = new WatchKey(0xfeedL);
    static final Agreement AGREEMENT = Agreement.DEFAULT;

    private final Quorum quorum;
    private final NodeId self;
    private final Map<NodeId, Long> sequences = new HashMap<>();
    private Tally tally = Tally.EMPTY;
    private long nanos;
    private long millis = 1_000_000;

    Hearing(String self, Quorum quorum) {
        this.self = new NodeId(self);
        this.quorum = quorum;
    }

    /// Vantages as `a@eu`.
    static Quorum quorum(String... vantages) {
        var regions = new LinkedHashMap<NodeId, RegionId>();
        for (String vantage : vantages) {
            String[] parts = vantage.split("@", 2);
            regions.put(new NodeId(parts[0]), new RegionId(parts[1]));
        }
        return new Quorum(regions);
    }

    static Stamp stamp(long millis, String node) {
        return new Stamp(new HybridTime(millis, 0), new NodeId(node));
    }

    Hearing startingAt(long nanoTime) {
        nanos = nanoTime;
        return this;
    }

    Hearing later(Duration time) {
        nanos += time.toNanos();
        millis += time.toMillis();
        return this;
    }

    Hearing up(String... vantages) {
        for (String vantage : vantages) says(vantage, Health.UP, millis);
        return this;
    }

    Hearing down(String... vantages) {
        for (String vantage : vantages) says(vantage, Health.DOWN, millis);
        return this;
    }

    Hearing unknown(String... vantages) {
        for (String vantage : vantages) says(vantage, Health.UNKNOWN, millis);
        return this;
    }

    /// @param since when its opinion turned, in milliseconds
    Hearing says(String vantage, Health health, long since) {
        String reason = health == Health.DOWN ? "refused" : "";
        var opinion = new Opinion(health, new HybridTime(since, 0), reason);
        return hears(report(vantage, next(vantage), false, Map.of(KEY, opinion)));
    }

    Hearing abstains(String vantage, Health health) {
        var opinion = new Opinion(health, new HybridTime(millis, 0), "");
        return hears(report(vantage, next(vantage), true, Map.of(KEY, opinion)));
    }

    Hearing doesNotWatch(String vantage) {
        return hears(report(vantage, next(vantage), false, Map.of()));
    }

    Hearing hears(Report report) {
        tally = tally.heard(report, nanos);
        return this;
    }

    Hearing merges(Tally other) {
        tally = tally.merged(other.verdicts());
        return this;
    }

    Hearing merges(Verdict verdict) {
        tally = tally.merged(Map.of(KEY, verdict));
        return this;
    }

    Hearing counts() {
        return counts(Set.of(KEY));
    }

    Hearing counts(Set<WatchKey> keys) {
        tally = tally.counted(keys, quorum, AGREEMENT, nanos, new HybridTime(millis, 0), self);
        return this;
    }

    Tally tally() {
        return tally;
    }

    List<Vote> votes() {
        return tally.votes(KEY, quorum, AGREEMENT, nanos);
    }

    Optional<Verdict> verdict() {
        return tally.verdict(KEY);
    }

    Optional<Health> health() {
        return verdict().map(Verdict::health);
    }

    static Report report(
            String vantage, long sequence, boolean abstains, Map<WatchKey, Opinion> opinions) {
        return new Report(new NodeId(vantage), 1, sequence, abstains, opinions);
    }

    private long next(String vantage) {
        return sequences.merge(new NodeId(vantage), 1L, Long::sum);
    }
}
