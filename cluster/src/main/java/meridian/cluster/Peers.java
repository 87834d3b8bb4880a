package meridian.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import meridian.cluster.Message.Beat;
import meridian.cluster.Message.Holdings;
import meridian.cluster.Peer.Look;
import meridian.topology.NodeId;

/// The other nodes, as their messages show them. The ledger's lock guards it.
final class Peers {

    /// A peer whose last beat is older is not counted on: it may have missed three.
    static final long HEARD_FOR_NANOS = Duration.ofSeconds(3).toNanos();

    /// How long a second process under one name is remembered after its last message.
    static final long DOUBLED_FOR_NANOS = Duration.ofSeconds(10).toNanos();

    /// Messages that crossed have arrived after this long.
    static final long LOOK_NANOS = Duration.ofMillis(500).toNanos();

    private static final long FORGOTTEN_AFTER_NANOS = Duration.ofHours(1).toNanos();

    private final NodeId self;
    private final Map<NodeId, Peer> peers = new HashMap<>();
    private final Map<NodeId, Long> incarnations;

    /// Who was heard and not believed, because of an incarnation that is below one from before our
    /// start.
    private final Set<NodeId> disbelieved = new HashSet<>();

    /// @param incarnations those heard before the last restart: nothing older is news
    Peers(NodeId self, Map<NodeId, Long> incarnations) {
        this.self = self;
        this.incarnations = new HashMap<>(incarnations);
    }

    /// Takes note of a message's number.
    ///
    /// @return whether it is news
    boolean admits(NodeId node, Mark mark, long now) {
        Peer peer = peers.get(node);
        if (peer == null) return admitsNew(node, mark, now);
        boolean news = peer.isNews(mark);
        peers.put(node, news ? peer.accepted(mark) : peer.refused(mark, now));
        if (news && mark.incarnation() != peer.newest().incarnation())
            incarnations.merge(node, mark.incarnation(), Math::max);
        return news;
    }

    /// Takes note of a peer's beat.
    ///
    /// @param ours what our last beat told of ourselves
    /// @param steady the time that clocks are compared with, in milliseconds
    /// @return what we are the one to send it
    Lack heard(Beat beat, Holdings ours, long now, long steady) {
        Peer peer = peers.getOrDefault(beat.node(), Peer.of(beat.mark(), now));
        Optional<Look> earlier = peer.isHeard(now) ? peer.look() : Optional.empty();
        Look look =
                earlier.filter(last -> now - last.at() < LOOK_NANOS)
                        .orElseGet(() -> Lack.look(beat, ours, now));
        peers.put(
                beat.node(), peer.heard(beat, look, Duration.ofMillis(beat.wall() - steady), now));
        Lack lack = Lack.of(beat, ours, earlier).withoutReportsOf(Set.of(self));
        if (lack.isNothing()) return lack;
        // Who is new hears within a second the reports of all that beat.
        if (earlier.isEmpty()) lack = lack.withoutReportsOf(heard(now));
        return oursToSend(lack, beat, ours, now);
    }

    /// The nodes whose beats reach us.
    Set<NodeId> heard(long now) {
        var heard = new HashSet<NodeId>();
        peers.forEach(
                (node, peer) -> {
                    if (peer.isHeard(now)) heard.add(node);
                });
        return heard;
    }

    /// The nodes that hold the same as `intents` in the bucket of the drain `id`.
    Set<NodeId> holders(String id, Digest intents, long now) {
        Set<NodeId> holders = heard(now);
        long bucket = 1L << Digest.bucket(id);
        holders.removeIf(node -> (holdings(node).intents().differing(intents) & bucket) != 0);
        return holders;
    }

    /// By how much the clock of each node that is heard is ahead of our steady time.
    List<Duration> clocksAhead(long now) {
        var ahead = new ArrayList<Duration>(peers.size());
        for (Peer peer : peers.values()) {
            if (peer.isHeard(now)) ahead.add(peer.clockAhead());
        }
        return ahead;
    }

    /// Of all nodes that were ever heard.
    ///
    /// @param ours this node's own
    Map<NodeId, Long> incarnations(long ours) {
        var all = new HashMap<>(incarnations);
        all.put(self, ours);
        return all;
    }

    /// The numbers of what is held, and what those must count beyond who have lost theirs with
    /// their disk, and of whom nobody has a report that would tell them.
    Map<NodeId, Mark> withDisbelieved(Map<NodeId, Mark> held) {
        if (disbelieved.isEmpty()) return held;
        var marks = new HashMap<>(held);
        for (NodeId node : disbelieved)
            marks.putIfAbsent(node, Mark.started(incarnations.getOrDefault(node, 0L)));
        return marks;
    }

    Map<NodeId, PeerState> states(long now) {
        var states = new TreeMap<NodeId, PeerState>();
        peers.forEach(
                (node, peer) ->
                        peer.beat().ifPresent(beat -> states.put(node, state(peer, beat, now))));
        return states;
    }

    /// Forgets peers without a place in the configuration that came and went.
    void sweep(long now) {
        peers.values().removeIf(peer -> peer.isForgettable(now, FORGOTTEN_AFTER_NANOS));
    }

    private boolean admitsNew(NodeId node, Mark mark, long now) {
        if (mark.incarnation() < incarnations.getOrDefault(node, 0L)) {
            disbelieved.add(node);
            return false;
        }
        disbelieved.remove(node);
        peers.put(node, Peer.of(mark, now));
        incarnations.put(node, mark.incarnation());
        return true;
    }

    /// Of the nodes that could send the same thing, the one with the lowest id does: among those
    /// that the lacking node says it hears, for a link may carry one way only.
    private Lack oursToSend(Lack lack, Beat beat, Holdings ours, long now) {
        Set<NodeId> hears = beat.holdings().hears();
        if (!hears.isEmpty() && !hears.contains(self)) return Lack.NOTHING;
        Lack left = lack;
        for (var peer : peers.entrySet()) {
            if (left.isNothing()) return left;
            NodeId other = peer.getKey();
            boolean mightSend =
                    other.compareTo(self) < 0
                            && !other.equals(beat.node())
                            && peer.getValue().isHeard(now)
                            && (hears.isEmpty() || hears.contains(other));
            if (mightSend) left = left.without(other, holdings(other), ours, beat);
        }
        return left;
    }

    private Holdings holdings(NodeId heard) {
        Peer peer = peers.get(heard);
        if (peer == null) throw new IllegalStateException(heard + " was never heard");
        return peer.beat().orElseThrow().holdings();
    }

    private static PeerState state(Peer peer, Beat beat, long now) {
        return new PeerState(
                Duration.ofNanos(now - peer.arrived()),
                peer.newest().incarnation(),
                beat.configuration(),
                peer.clockAhead(),
                beat.holdings().hears(),
                peer.doubled().isPresent() && now - peer.doubled().getAsLong() < DOUBLED_FOR_NANOS);
    }
}
