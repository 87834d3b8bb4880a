package meridian.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import meridian.topology.NodeId;

/// Ledgers on a network and a clock that a test rules. Links carry one way each, and can be cut.
final class Fleet {

    /// What went over a link.
    record Sent(NodeId from, NodeId to, ByteBuffer bytes) {

        byte[] message() {
            var message = new byte[bytes.capacity()];
            bytes.get(0, message);
            return message;
        }

        boolean isSupplement() {
            return bytes.get(3) == 2;
        }
    }

    final List<Sent> sent = new ArrayList<>();
    private final Map<NodeId, Ledger> ledgers = new TreeMap<>();
    private final Map<NodeId, StateStore> disks = new TreeMap<>();
    private final Map<NodeId, Topic.Listener> listeners = new TreeMap<>();
    private final Set<List<NodeId>> cuts = new HashSet<>();
    private final Map<NodeId, List<byte[]>> frozen = new TreeMap<>();
    private final Map<NodeId, Duration> skews = new TreeMap<>();
    private Instant wall = Samples.NOON;
    private long nanos = 1_000_000_000_000L;

    static Fleet of(NodeId... nodes) {
        var fleet = new Fleet();
        for (NodeId node : nodes) fleet.start(node);
        return fleet;
    }

    /// Starts a node from its disk, if it had one.
    Ledger start(NodeId node) {
        return start(node, disks.computeIfAbsent(node, _ -> StateStore.inMemory()), "c1");
    }

    Ledger start(NodeId node, StateStore disk, String configuration) {
        try {
            var ledger =
                    new Ledger(
                            node,
                            configuration,
                            new MessageCodec(Samples.KEYS),
                            new Link(node),
                            disk,
                            new HybridClock(
                                    () -> wall.plus(skews.getOrDefault(node, Duration.ZERO)),
                                    () -> nanos),
                            () -> nanos);
            ledgers.put(node, ledger);
            return ledger;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void stop(NodeId node) {
        ledgers.remove(node);
        listeners.remove(node);
    }

    Ledger ledger(NodeId node) {
        return Optional.ofNullable(ledgers.get(node)).orElseThrow();
    }

    void cut(NodeId from, NodeId to) {
        cuts.add(List.of(from, to));
    }

    void heal() {
        cuts.clear();
    }

    /// Lets a node stand still: it does nothing, and what is sent to it waits.
    void freeze(NodeId node) {
        frozen.put(node, new ArrayList<>());
    }

    /// Lets it go on: it reads what has waited, in order.
    void thaw(NodeId node) {
        Optional.ofNullable(frozen.remove(node))
                .orElseThrow()
                .forEach(message -> deliver(message, node));
    }

    /// All beat once, one after the other, then all save and those that have something to say say
    /// it; then a second is over.
    void beat() {
        running().forEach(Ledger::beat);
        running().forEach(Ledger::save);
        pass(Duration.ofSeconds(1));
    }

    private List<Ledger> running() {
        return ledgers.entrySet().stream()
                .filter(node -> !frozen.containsKey(node.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    void beats(int count) {
        for (int i = 0; i < count; i++) beat();
    }

    void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }

    /// Sets the clock of one node wrong.
    void skew(NodeId node, Duration ahead) {
        skews.put(node, ahead);
    }

    void setWall(Instant time) {
        wall = time;
    }

    Instant wall() {
        return wall;
    }

    long nanos() {
        return nanos;
    }

    /// Delivers bytes as if they came over a link.
    void deliver(byte[] message, NodeId to) {
        Optional.ofNullable(listeners.get(to)).orElseThrow().heard(message, "10.0.0.9:5701");
    }

    /// Asks a node for a beat, as whoever has just begun to listen to it does.
    void ask(NodeId node) {
        Optional.ofNullable(listeners.get(node)).orElseThrow().asked();
    }

    Deque<byte[]> beatsOf(NodeId node) {
        var beats = new ArrayDeque<byte[]>();
        sent.stream()
                .filter(it -> it.from().equals(node) && !it.isSupplement())
                .forEach(it -> beats.add(it.message()));
        return beats;
    }

    long supplements() {
        return sent.stream().filter(Sent::isSupplement).count();
    }

    /// A node's end of all its links.
    private final class Link implements Topic {

        private final NodeId self;

        private Link(NodeId self) {
            this.self = self;
        }

        @Override
        public void send(byte[] message) {
            // A copy: what is delivered may make others speak.
            for (NodeId other : List.copyOf(listeners.keySet())) {
                if (other.equals(self) || cuts.contains(List.of(self, other))) continue;
                sent.add(new Sent(self, other, ByteBuffer.wrap(message)));
                Optional.ofNullable(frozen.get(other))
                        .ifPresentOrElse(
                                waiting -> waiting.add(message), () -> deliver(message, other));
            }
        }

        @Override
        public void onMessage(Listener listener) {
            listeners.put(self, listener);
        }

        @Override
        public Membership membership() {
            return new Membership(listeners.size(), listeners.size(), "on links");
        }

        @Override
        public void close() {
            listeners.remove(self);
        }
    }
}
