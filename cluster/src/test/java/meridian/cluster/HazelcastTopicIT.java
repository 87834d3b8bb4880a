package meridian.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import meridian.health.WatchKey;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes with real Hazelcast on loopback, each with a disk of its own.
class HazelcastTopicIT {

    private static final String OLD = "the old key of the fleet";
    private static final String NEW = "the new key of the fleet";
    private static final WatchKey KEY = new WatchKey(1);

    @TempDir private Path directory;
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    /// What a process has of this module.
    private record Node(
            NodeId id, LastKnownGood disk, HazelcastTopic topic, Ledger ledger, Pulse pulse) {

        void stop() {
            try {
                pulse.close();
                topic.close();
                disk.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        Acknowledgement drain(String id) throws IOException {
            var stamp = new Stamp(ledger.clock().now(), this.id);
            return pulse.put(Samples.drain(id, stamp));
        }
    }

    /// Below those that the kernel gives to clients: a connection of one node would sit on the port
    /// of another.
    @BeforeEach
    void findThreePorts() {
        int start = Math.floorMod(ProcessHandle.current().pid() * 97, 20_000);
        IntStream.range(0, 20_000)
                .map(i -> 12_000 + (start + i) % 20_000)
                .mapToObj(port -> new InetSocketAddress(loopback(), port))
                .filter(HazelcastTopicIT::isFree)
                .limit(3)
                .forEach(addresses::add);
    }

    private static boolean isFree(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @AfterEach
    void stopAll() {
        nodes.forEach(Node::stop);
    }

    @Test
    void aDrainOnOneNodeIsOnAllAndSurvivesARestartOfEveryNode() throws IOException {
        startThree(OLD);

        Acknowledgement acknowledged = nodes.getFirst().drain("d1");
        assertThat(acknowledged.holders()).containsExactly(Samples.B, Samples.C);
        assertThat(acknowledged.missing()).isEmpty();
        for (Node node : nodes)
            assertThat(node.ledger().intents().entries()).containsOnlyKeys("d1");

        stopAll();
        nodes.clear();
        Node again = start(1, OLD);
        assertThat(again.ledger().intents().entries()).containsOnlyKeys("d1");
    }

    @Test
    void aNodeThatDiesIsMissedAndCatchesUpWhenItIsBack() throws IOException {
        startThree(OLD);
        nodes.removeLast().stop();
        await(() -> isGone(nodes.getFirst(), Samples.C));
        nodes.getFirst().drain("d1");

        Node back = start(2, OLD);
        await(() -> back.ledger().intents().entries().containsKey("d1"));
        await(() -> hears(nodes.getFirst(), Samples.C));
    }

    @Test
    void anOpinionThatTurnsIsOnAllNodesAtOnce() throws IOException {
        startThree(OLD);
        nodes.getFirst().ledger().sees(() -> Map.of(KEY, Samples.down(1)));
        nodes.getFirst().pulse().opinionsTurned();
        for (Node node : nodes)
            await(
                    () ->
                            node.ledger().tally().ballots().values().stream()
                                    .anyMatch(it -> it.report().opinions().containsKey(KEY)));
    }

    /// The three steps of a rotation, one node at a time: nobody loses anybody.
    @Test
    void keysAreRotatedWithoutABreak() throws IOException {
        startThree(OLD, NEW);
        for (int i = 0; i < 3; i++) {
            nodes.removeFirst().stop();
            start(i, NEW, OLD);
            awaitAll();
        }
        Node first = nodes.removeFirst();
        first.stop();
        start(0, NEW);
        awaitAll();
        assertThat(nodes.getFirst().ledger().refused()).containsEntry(Refusal.FORGED, 0L);
    }

    @Test
    void aStrangerWhoKnowsTheNameIsLetInAndNotListenedTo() throws IOException {
        Node ours = start(0, OLD);
        Node alsoOurs = start(1, OLD);
        await(() -> hears(ours, Samples.B) && hears(alsoOurs, Samples.A));
        Node stranger = start(2, "a key that is not the fleet's");
        await(() -> ours.ledger().membership().joined() == 3);
        stranger.drain("d1");

        await(() -> ours.ledger().refused().getOrDefault(Refusal.FORGED, 0L) > 0);
        assertThat(ours.ledger().intents().entries()).isEmpty();
        assertThat(ours.ledger().peers()).containsOnlyKeys(Samples.B);
        assertThat(stranger.ledger().peers()).isEmpty();
    }

    /// No beat is sent here: a link that carries again must not wait for one that is due in a
    /// second.
    @Test
    void whoBeginsToListenAsksForABeat() {
        var asked = new AtomicBoolean();
        HazelcastTopic silent = HazelcastTopic.of("test", addresses.getFirst(), addresses);
        silent.onMessage(
                new Topic.Listener() {
                    @Override
                    public void heard(byte[] message, String from) {}

                    @Override
                    public void asked() {
                        asked.set(true);
                    }
                });
        try (silent;
                var listening = HazelcastTopic.of("test", addresses.get(1), addresses)) {
            silent.join();
            listening.join();
            await(asked::get);
        }
    }

    /// Virtual threads that load classes can wait for one another for ever: on two cores, two links
    /// did.
    @Test
    void aLinkHasAThreadThatMayLoadClasses() {
        try (var linked = HazelcastTopic.of("test", addresses.getFirst(), addresses)) {
            linked.join();
            await(
                    () ->
                            Thread.getAllStackTraces().keySet().stream()
                                    .anyMatch(thread -> thread.getName().startsWith("link to ")));
        }
    }

    @Test
    void anObjectThatAStrangerPublishesIsNotEvenRead() throws IOException {
        HazelcastInstance stranger =
                Hazelcast.newHazelcastInstance(
                        HazelcastSettings.member("test", addresses.getFirst()));
        Node listener = start(1, OLD);
        await(
                () -> {
                    stranger.getTopic(HazelcastSettings.TOPIC).publish(new BitSet());
                    return listener.ledger().refused().getOrDefault(Refusal.MALFORMED, 0L) > 0;
                });
        stranger.getLifecycleService().terminate();
    }

    @Test
    void aNodeWhoseAddressIsTakenSaysSoAndJoinsWhenItIsFree() throws IOException {
        Node node;
        try (var _ = new ServerSocket(addresses.getFirst().getPort(), 1, loopback())) {
            node = start(0, OLD);
            await(() -> node.ledger().membership().state().startsWith("not joined: "));
        }
        await(() -> node.ledger().membership().state().equals("alone"));
    }

    @Test
    void whoListensIsListenedToThoughNoConfigurationNamesIt() throws IOException {
        Node first = start(0, OLD);
        first.topic().reach(addresses.subList(0, 1));
        Node guest = start(1, OLD);
        await(() -> hears(guest, Samples.A) && hears(first, Samples.B));
        guest.stop();
        nodes.remove(guest);
        await(() -> first.ledger().membership().joined() == 1);
    }

    @Test
    void whoANewConfigurationNamesIsListenedToFromThenOn() throws IOException {
        Node first = start(0, OLD);
        first.topic().reach(addresses.subList(0, 1));
        Node added = start(1, OLD);
        added.topic().reach(addresses.subList(1, 2));
        await(() -> added.ledger().membership().joined() == 1);
        first.topic().reach(addresses);
        await(() -> hears(added, Samples.A) && hears(first, Samples.B));
    }

    @Test
    void aNodeIsHeardThoughAStrangerAnsweredInItsPlaceBefore() throws IOException {
        var stranger = HazelcastTopic.of("another", addresses.get(1), List.of());
        stranger.join();
        await(() -> stranger.membership().joined() == 1);
        Node first = start(0, OLD);
        await(() -> first.ledger().membership().state().equals("alone"));
        stranger.close();
        start(1, OLD);
        await(() -> isHeard(first, Samples.B));
    }

    private void startThree(String... keys) throws IOException {
        for (int i = 0; i < 3; i++) start(i, keys);
        awaitAll();
    }

    private Node start(int number, String... keys) throws IOException {
        var id = new NodeId(List.of("a", "b", "c").get(number));
        var disk = LastKnownGood.open(directory.resolve(id.name()));
        HazelcastTopic topic = HazelcastTopic.of("test", addresses.get(number), addresses);
        topic.join();
        var clock = new HybridClock(InstantSource.system(), System::nanoTime);
        var codec = new MessageCodec(Samples.keys(keys));
        var ledger = new Ledger(id, "c1", codec, topic, disk, clock, System::nanoTime);
        var node = new Node(id, disk, topic, ledger, Pulse.start(ledger));
        nodes.add(node);
        return node;
    }

    private void awaitAll() {
        for (Node node : nodes)
            for (Node other : nodes) await(() -> node.equals(other) || hears(node, other.id()));
    }

    private static boolean hears(Node node, NodeId other) {
        PeerState peer = node.ledger().peers().get(other);
        return peer != null && peer.isHeard() && peer.hears().contains(node.id());
    }

    private static boolean isHeard(Node node, NodeId other) {
        return !isGone(node, other);
    }

    private static boolean isGone(Node node, NodeId other) {
        PeerState peer = node.ledger().peers().get(other);
        return peer == null || !peer.isHeard();
    }

    private static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come about in 40 s").isLessThan(deadline);
            LockSupport.parkNanos(2_000_000);
        }
    }
}
