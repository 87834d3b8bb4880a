package meridian.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.NodeId;
import meridian.topology.RegionId;

/// What one node has heard about health and makes of it: the newest report of each vantage with the
/// moment it arrived, and the verdicts.
///
/// Moments are readings of this node's monotonic clock in nanoseconds. What other clocks show never
/// ages a vote.
///
/// @param calmSince for each key without a fresh down vote and with an up vote, since when
public record Tally(
        Map<NodeId, Ballot> ballots,
        Map<WatchKey, Verdict> verdicts,
        Map<WatchKey, Long> calmSince) {

    /// A report and when it arrived.
    public record Ballot(Report report, long arrived) {}

    public static final Tally EMPTY = new Tally(Map.of(), Map.of(), Map.of());

    public Tally {
        ballots = Map.copyOf(ballots);
        verdicts = Map.copyOf(verdicts);
        calmSince = Map.copyOf(calmSince);
    }

    /// Keeps the report if it is newer than what this vantage said before.
    public Tally heard(Report report, long now) {
        Ballot before = ballots.get(report.vantage());
        if (before != null && !report.isNewerThan(before.report())) return this;
        var newest = new HashMap<>(ballots);
        newest.put(report.vantage(), new Ballot(report, now));
        return new Tally(newest, verdicts, calmSince);
    }

    /// Keeps, for each key, the newer of our verdict and another node's.
    public Tally merged(Map<WatchKey, Verdict> others) {
        var merged = new HashMap<>(verdicts);
        others.forEach((key, verdict) -> merged.merge(key, verdict, Verdict::merged));
        return merged.equals(verdicts) ? this : new Tally(ballots, merged, calmSince);
    }

    /// How each vantage votes on `key` now.
    public List<Vote> votes(WatchKey key, Quorum quorum, Agreement agreement, long now) {
        var votes = new ArrayList<Vote>();
        quorum.vantages()
                .forEach((node, region) -> votes.add(vote(node, region, key, agreement, now)));
        return List.copyOf(votes);
    }

    /// Counts the votes on each of `keys`, and forgets what is no longer watched.
    ///
    /// @param time the stamp's time for verdicts that no vote completed
    /// @param self the stamp's node for them
    public Tally counted(
            Collection<WatchKey> keys,
            Quorum quorum,
            Agreement agreement,
            long now,
            HybridTime time,
            NodeId self) {
        var nextVerdicts = new HashMap<WatchKey, Verdict>();
        var nextCalm = new HashMap<WatchKey, Long>();
        for (WatchKey key : keys) {
            List<Vote> votes = votes(key, quorum, agreement, now);
            if (isCalm(votes)) nextCalm.put(key, calmSince.getOrDefault(key, now));
            boolean released =
                    nextCalm.containsKey(key)
                            && now - nextCalm.get(key) >= agreement.releaseAfter().toNanos();
            verdict(key, quorum.verdict(votes), released, new Stamp(time, self))
                    .ifPresent(verdict -> nextVerdicts.put(key, verdict));
        }
        return new Tally(ballots, nextVerdicts, nextCalm);
    }

    /// Counts nothing: every verdict stands, whatever the votes. Forgets what is no longer watched.
    public Tally frozen(Collection<WatchKey> keys) {
        var standing = new HashMap<>(verdicts);
        standing.keySet().retainAll(keys);
        return new Tally(ballots, standing, Map.of());
    }

    public Optional<Verdict> verdict(WatchKey key) {
        return Optional.ofNullable(verdicts.get(key));
    }

    private Optional<Verdict> verdict(
            WatchKey key, Optional<Verdict> decided, boolean released, Stamp here) {
        Optional<Verdict> before = verdict(key);
        Health health = decided.map(Verdict::health).orElse(Health.UNKNOWN);
        if (health == Health.UNKNOWN && released) health = Health.UP;
        if (health == Health.UNKNOWN
                || before.map(Verdict::health).filter(health::equals).isPresent()) return before;
        Stamp stamp = decided.map(Verdict::stamp).orElse(here);
        // A verdict that replaces another must also replace it wherever they meet again: a vantage
        // that has said "down" all along outvotes a release that came after it.
        return Optional.of(
                new Verdict(
                        health,
                        before.map(replaced -> stamp.after(replaced.stamp())).orElse(stamp)));
    }

    private static boolean isCalm(List<Vote> votes) {
        return votes.stream().noneMatch(vote -> vote.health() == Health.DOWN)
                && votes.stream().anyMatch(vote -> vote.health() == Health.UP);
    }

    private Vote vote(NodeId node, RegionId region, WatchKey key, Agreement agreement, long now) {
        Ballot ballot = ballots.get(node);
        if (ballot == null) return unknown(node, region, "no report has arrived", Optional.empty());
        Duration age = Duration.ofNanos(Math.max(0, now - ballot.arrived()));
        if (age.compareTo(agreement.freshFor()) > 0)
            return unknown(node, region, "stale", Optional.of(age));
        if (ballot.report().abstains()) return unknown(node, region, "abstains", Optional.of(age));
        Opinion opinion = ballot.report().opinions().get(key);
        if (opinion == null) return unknown(node, region, "does not watch it", Optional.of(age));
        return new Vote(
                region,
                opinion.health(),
                new Stamp(opinion.since(), node),
                opinion.reason(),
                Optional.of(age));
    }

    private static Vote unknown(
            NodeId node, RegionId region, String reason, Optional<Duration> age) {
        return new Vote(region, Health.UNKNOWN, new Stamp(HybridTime.ZERO, node), reason, age);
    }
}
