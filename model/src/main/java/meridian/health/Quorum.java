package meridian.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
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

    private static final Comparator<Voice> BY_STAMP = Comparator.comparing(Voice::stamp);

    /// What of a vote that agrees with others counts: from where it is, and since when.
    record Voice(RegionId region, Stamp stamp) {}

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

    /// The same without the votes and the places of some.
    public Quorum without(Set<NodeId> retired) {
        if (retired.isEmpty()) return this;
        var left = new LinkedHashMap<>(vantages);
        left.keySet().removeAll(retired);
        return new Quorum(left);
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

    /// Whether no verdict could be reached, however those whose votes are fresh agreed.
    public boolean isSightless(List<Vote> votes) {
        return completion(votes, vote -> vote.health() != Health.UNKNOWN).isEmpty();
    }

    private Optional<Verdict> verdict(List<Vote> votes, Health health) {
        return completion(votes, vote -> vote.health() == health)
                .map(stamp -> new Verdict(health, stamp));
    }

    private Optional<Stamp> completion(List<Vote> votes, Predicate<Vote> agrees) {
        var agreeing = new ArrayList<Voice>(votes.size());
        for (Vote vote : votes)
            if (agrees.test(vote)) agreeing.add(new Voice(vote.region(), vote.stamp()));
        return completion(agreeing);
    }

    /// The stamp of the vote by which those that agree became a majority from enough regions; empty
    /// where they are none.
    ///
    /// @param agreeing come out in the order of their stamps
    Optional<Stamp> completion(List<Voice> agreeing) {
        if (agreeing.size() < needed()) return Optional.empty();
        agreeing.sort(BY_STAMP);
        Stamp majority = agreeing.get(needed() - 1).stamp();
        Optional<Stamp> second = secondRegion(agreeing);
        if (second.isEmpty()) return spanRegions() ? Optional.empty() : Optional.of(majority);
        return second.get().compareTo(majority) > 0 ? second : Optional.of(majority);
    }

    private static Optional<Stamp> secondRegion(List<Voice> agreeing) {
        RegionId first = agreeing.getFirst().region();
        for (Voice voice : agreeing)
            if (!voice.region().equals(first)) return Optional.of(voice.stamp());
        return Optional.empty();
    }

    private boolean spanRegions() {
        RegionId first = vantages.firstEntry().getValue();
        for (RegionId region : vantages.values()) if (!region.equals(first)) return true;
        return false;
    }
}
