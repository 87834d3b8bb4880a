package meridian.health;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import meridian.time.Stamp;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.RegionId;

/// How many must agree: a majority of the vantages, and from two regions if they span two.
///
/// | fresh votes, of three vantages in three regions | verdict |
/// |---|---|
/// | two or three say down | down |
/// | two or three say up | up |
/// | anything else (silence, abstention, one against one) | stands as it was |
///
/// The majority is of all configured vantages that are not retired, never of those that happen to
/// be heard: a side of a split fleet that holds a minority decides nothing.
///
/// @param vantages who votes, and from where
public record Quorum(SequencedMap<NodeId, RegionId> vantages) {

    private static final Comparator<Vote> BY_STAMP = Comparator.comparing(Vote::stamp);

    public Quorum {
        vantages = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(vantages));
    }

    public static Quorum of(List<Node> nodes) {
        var vantages = new LinkedHashMap<NodeId, RegionId>();
        nodes.stream()
                .filter(Node::isVantage)
                .forEach(node -> vantages.put(node.id(), node.region()));
        return new Quorum(vantages);
    }

    /// How many votes make a majority.
    public int needed() {
        return vantages.size() / 2 + 1;
    }

    /// The verdict that these votes reach by themselves, with the stamp of the vote that completed
    /// it; empty where they reach none.
    public Optional<Verdict> verdict(List<Vote> votes) {
        return verdict(votes, Health.DOWN).or(() -> verdict(votes, Health.UP));
    }

    /// Whether too few are fresh to reach any verdict.
    public boolean isSightless(List<Vote> votes) {
        return votes.stream().filter(vote -> vote.health() != Health.UNKNOWN).count() < needed();
    }

    private Optional<Verdict> verdict(List<Vote> votes, Health health) {
        return completion(
                        votes.stream()
                                .filter(vote -> vote.health() == health)
                                .sorted(BY_STAMP)
                                .toList())
                .map(stamp -> new Verdict(health, stamp));
    }

    private Optional<Stamp> completion(List<Vote> agreeing) {
        var regions = new HashSet<RegionId>();
        int count = 0;
        for (Vote vote : agreeing) {
            regions.add(vote.region());
            count++;
            if (count >= needed() && regions.size() >= regionsNeeded())
                return Optional.of(vote.stamp());
        }
        return Optional.empty();
    }

    private int regionsNeeded() {
        return new HashSet<>(vantages.values()).size() > 1 ? 2 : 1;
    }
}
