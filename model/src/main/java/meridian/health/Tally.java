package meridian.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
        Trie<NodeId, Ballot> ballots,
        Trie<WatchKey, Verdict> verdicts,
        Trie<WatchKey, Long> calmSince) {

    /// A report and when it arrived.
    public record Ballot(Report report, long arrived) {

        /// Whether the opinions in it are votes now.
        boolean counts(Agreement agreement, long now) {
            return !report.abstains() && now - arrived <= agreement.freshFor().toNanos();
        }
    }

    public static final Tally EMPTY = new Tally(Trie.empty(), Trie.empty(), Trie.empty());

    public Tally(
            Map<NodeId, Ballot> ballots,
            Map<WatchKey, Verdict> verdicts,
            Map<WatchKey, Long> calmSince) {
        this(Trie.copyOf(ballots), Trie.copyOf(verdicts), Trie.copyOf(calmSince));
    }

    /// Keeps the report if it is newer than what this vantage said before.
    public Tally heard(Report report, long now) {
        Ballot before = ballots.get(report.vantage());
        if (before != null && !report.isNewerThan(before.report())) return this;
        return new Tally(
                ballots.with(report.vantage(), new Ballot(report, now)), verdicts, calmSince);
    }

    /// Keeps, for each key, the newer of our verdict and another node's. The same, if no other is
    /// newer.
    @SuppressWarnings("ReferenceEquality") // A trie to which nothing came is the very same.
    public Tally merged(Map<WatchKey, Verdict> others) {
        Trie<WatchKey, Verdict> merged = verdicts.merged(Trie.copyOf(others), Verdict::merged);
        return merged == verdicts ? this : new Tally(ballots, merged, calmSince);
    }

    /// How each vantage votes on `key` now.
    public List<Vote> votes(WatchKey key, Quorum quorum, Agreement agreement, long now) {
        var votes = new ArrayList<Vote>();
        quorum.vantages()
                .forEach((node, region) -> votes.add(vote(node, region, key, agreement, now)));
        return List.copyOf(votes);
    }

    /// The opinions that are votes now: of each vantage that is heard freshly and does not abstain.
    public List<Trie<WatchKey, Opinion>> voting(Quorum quorum, Agreement agreement, long now) {
        var voting = new ArrayList<Trie<WatchKey, Opinion>>();
        for (NodeId vantage : quorum.vantages().keySet()) {
            Ballot ballot = ballots.get(vantage);
            voting.add(
                    ballot != null && ballot.counts(agreement, now)
                            ? ballot.report().opinions()
                            : Trie.empty());
        }
        return voting;
    }

    /// Whether its verdict may turn by nothing but time: one that is down, or none, on what is
    /// calm.
    public boolean awaitsRelease(WatchKey key) {
        if (!calmSince.containsKey(key)) return false;
        Verdict verdict = verdicts.get(key);
        return verdict == null || verdict.health() != Health.UP;
    }

    /// Counts the votes on each of `keys`, and forgets what is no longer watched.
    ///
    /// @param keys each of them once
    /// @param time the stamp's time for verdicts that no vote completed
    /// @param self the stamp's node for them
    public Tally counted(
            Collection<WatchKey> keys,
            Quorum quorum,
            Agreement agreement,
            long now,
            HybridTime time,
            NodeId self) {
        var watched = new Tally(ballots, verdicts.among(keys), calmSince.among(keys));
        return watched.recounted(keys, quorum, agreement, now, time, self);
    }

    /// Counts the votes on each of `keys`, which are different ones; everything else stands.
    public Tally recounted(
            Collection<WatchKey> keys,
            Quorum quorum,
            Agreement agreement,
            long now,
            HybridTime time,
            NodeId self) {
        if (keys.isEmpty()) return this;
        return new Count(this, quorum, agreement, now, new Stamp(time, self)).of(keys);
    }

    /// Counts nothing: every verdict stands, whatever the votes. Forgets what is no longer watched.
    public Tally frozen(Collection<WatchKey> keys) {
        return new Tally(ballots, verdicts.among(keys), Trie.empty());
    }

    public Optional<Verdict> verdict(WatchKey key) {
        return verdicts.find(key);
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
