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
    public record Ballot(Report report, long arrived) {

        /// Whether the opinions in it are votes now.
        boolean counts(Agreement agreement, long now) {
            return !report.abstains() && now - arrived <= agreement.freshFor().toNanos();
        }
    }

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
        Report next = before == null ? report : report.sharing(before.report());
        var newest = new HashMap<>(ballots);
        newest.put(report.vantage(), new Ballot(next, now));
        return new Tally(newest, verdicts, calmSince);
    }

    /// Keeps, for each key, the newer of our verdict and another node's.
    public Tally merged(Map<WatchKey, Verdict> others) {
        var news = new HashMap<WatchKey, Verdict>();
        others.forEach(
                (key, verdict) -> {
                    Verdict ours = verdicts.get(key);
                    if (ours == null || verdict.isNewerThan(ours)) news.put(key, verdict);
                });
        return news.isEmpty() ? this : new Tally(ballots, with(news), calmSince);
    }

    private Map<WatchKey, Verdict> with(Map<WatchKey, Verdict> news) {
        var all = new HashMap<>(verdicts);
        all.putAll(news);
        return all;
    }

    /// How each vantage votes on `key` now.
    public List<Vote> votes(WatchKey key, Quorum quorum, Agreement agreement, long now) {
        var votes = new ArrayList<Vote>();
        quorum.vantages()
                .forEach((node, region) -> votes.add(vote(node, region, key, agreement, now)));
        return List.copyOf(votes);
    }

    /// The opinions that are votes now: of each vantage that is heard freshly and does not abstain.
    public List<Map<WatchKey, Opinion>> voting(Quorum quorum, Agreement agreement, long now) {
        var voting = new ArrayList<Map<WatchKey, Opinion>>();
        for (NodeId vantage : quorum.vantages().keySet()) {
            Ballot ballot = ballots.get(vantage);
            voting.add(
                    ballot != null && ballot.counts(agreement, now)
                            ? ballot.report().opinions()
                            : Map.of());
        }
        return voting;
    }

    /// Whether a verdict may turn by nothing but time: one that is down, or none, on what is calm.
    public boolean awaitsRelease() {
        for (WatchKey key : calmSince.keySet()) {
            Verdict verdict = verdicts.get(key);
            if (verdict == null || verdict.health() != Health.UP) return true;
        }
        return false;
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
        return new Count(this, quorum, agreement, now, new Stamp(time, self)).of(keys);
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
                Optional.of(age),
                opinion.heldOut());
    }

    private static Vote unknown(
            NodeId node, RegionId region, String reason, Optional<Duration> age) {
        return new Vote(region, Health.UNKNOWN, new Stamp(HybridTime.ZERO, node), reason, age);
    }
}
