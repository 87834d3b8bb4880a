package meridian.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.Message;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The topics `beats`: each node has one of its own, on a Hazelcast member that is a cluster by
/// itself, and listens to those of the others.
///
/// So there is no membership to lose: a link that is cut, or a node that is frozen or gone, is
/// missed by the two ends and concerns no one else, and once packets flow again they are connected
/// within a second or two. Everything is done in the background, and again for as long as it fails:
/// a node answers queries whether it has peers or not. Hazelcast has no encryption and lets anyone
/// in who knows the cluster's name; what such a guest says is not signed, and is dropped.
public final class HazelcastTopic implements Topic {

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastTopic.class);

    /// Messages that wait to be read; more are dropped, and made good by the next beats.
    private static final int MAX_WAITING = 256;

    /// Each takes a dozen threads, and anyone may be one.
    private static final int MAX_GUESTS = 64;

    private static final int TRIED_AGAIN_AFTER_SECONDS = 1;

    private final String clusterName;
    private final InetSocketAddress self;
    private final BlockingQueue<Heard> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread reading;
    private final Map<InetSocketAddress, Link> links = new ConcurrentHashMap<>();
    private volatile Set<InetSocketAddress> others;
    private volatile Optional<Open> open = Optional.empty();
    private volatile String failure = "";
    private volatile Listener listener = (message, from) -> {};

    private record Heard(Message<Object> message, InetSocketAddress from) {}

    /// Where the others listen to this node.
    private record Open(HazelcastInstance member, ITopic<Object> beats) {

        boolean isRunning() {
            return member.getLifecycleService().isRunning();
        }
    }

    private HazelcastTopic(
            String clusterName, InetSocketAddress self, Collection<InetSocketAddress> members) {
        this.clusterName = clusterName;
        this.self = self;
        others = others(self, members);
        reading = Thread.ofPlatform().name("beats heard").daemon().unstarted(this::keepReading);
    }

    /// Nothing is sent and nothing heard until it is told to [#join].
    ///
    /// @param clusterName the same on all nodes
    /// @param self where this node listens for the others, and nowhere else
    /// @param members where all nodes of the configuration listen, this one included
    public static HazelcastTopic of(
            String clusterName, InetSocketAddress self, Collection<InetSocketAddress> members) {
        return new HazelcastTopic(clusterName, self, members);
    }

    /// Begins to speak and to listen, and returns at once.
    public synchronized void join() {
        reading.start();
        Thread.ofPlatform().name("cluster join").daemon().start(this::keepOpen);
        listen();
    }

    /// Listens from now on to these nodes, and to guests: a new configuration may name others.
    ///
    /// @param members where all nodes of the configuration listen, this one included
    public synchronized void reach(Collection<InetSocketAddress> members) {
        others = others(self, members);
        if (reading.isAlive()) listen();
    }

    @Override
    public void send(byte[] message) {
        try {
            open.ifPresent(it -> it.beats().publish(message));
        } catch (RuntimeException e) {
            // The member is starting, stopping or broken; the next beat says all of it again.
            LOG.debug("a message was not sent", e);
        }
    }

    @Override
    public void onMessage(Listener next) {
        listener = next;
    }

    @Override
    public Membership membership() {
        int configured = others.size() + 1;
        if (open.filter(Open::isRunning).isEmpty())
            return new Membership(0, configured, notJoined());
        int joined = 1 + (int) links.values().stream().filter(Link::isUp).count();
        boolean alone = joined == 1 && configured > 1;
        String state = alone ? "alone" : "joined " + joined + " of " + configured;
        return new Membership(joined, configured, state);
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        reading.interrupt();
        links.values().forEach(Link::close);
        // Nothing is kept in Hazelcast that would have to be handed over to others first.
        open.ifPresent(it -> it.member().getLifecycleService().terminate());
    }

    private static Set<InetSocketAddress> others(
            InetSocketAddress self, Collection<InetSocketAddress> members) {
        var others = new HashSet<>(members);
        others.remove(self);
        return Set.copyOf(others);
    }

    private synchronized void listen() {
        if (isClosedWithin(0)) return;
        var wanted = new HashSet<>(others);
        wanted.addAll(guests());
        links.forEach(
                (peer, link) -> {
                    if (!wanted.contains(peer)) link.close();
                });
        links.keySet().retainAll(wanted);
        for (InetSocketAddress peer : wanted)
            links.computeIfAbsent(
                    peer,
                    _ ->
                            Link.open(
                                    peer,
                                    HazelcastSettings.client(clusterName, self, peer),
                                    this::arrived));
    }

    /// Who listens to this node is listened to: a node that the configuration does not name comes
    /// and goes, and says where it is.
    private Set<InetSocketAddress> guests() {
        return open.filter(Open::isRunning).stream()
                .flatMap(it -> it.member().getClientService().getConnectedClients().stream())
                .flatMap(client -> client.getLabels().stream())
                .flatMap(label -> HazelcastSettings.address(label).stream())
                .filter(address -> !address.equals(self) && !others.contains(address))
                .limit(MAX_GUESTS)
                .collect(Collectors.toSet());
    }

    private void keepOpen() {
        do {
            if (open.filter(Open::isRunning).isEmpty()) openOnce();
            listen();
        } while (!isClosedWithin(TRIED_AGAIN_AFTER_SECONDS));
    }

    private void openOnce() {
        try {
            HazelcastInstance member =
                    Hazelcast.newHazelcastInstance(HazelcastSettings.member(clusterName, self));
            member.getTopic(HazelcastSettings.ASKING).addMessageListener(_ -> listener.asked());
            open = Optional.of(new Open(member, member.getTopic(HazelcastSettings.TOPIC)));
            failure = "";
            LOG.info("listening for the other nodes at {}: {}", self, membership().state());
            if (isClosedWithin(0)) close();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.equals(failure))
            LOG.error("cannot listen for the other nodes at {}: {}", self, reason);
        failure = reason;
    }

    private boolean isClosedWithin(int seconds) {
        try {
            return closed.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /// Called by Hazelcast's own threads, which must not wait.
    private void arrived(Message<Object> message, InetSocketAddress from) {
        if (!waiting.offer(new Heard(message, from)))
            listener.dropped(Refusal.OVERFLOWED, HazelcastSettings.text(from));
    }

    private void keepReading() {
        try {
            while (!isClosedWithin(0)) read(waiting.take());
        } catch (InterruptedException e) {
            LOG.debug("no more messages are read: the topic is closed");
        }
    }

    private void read(Heard heard) {
        String from = HazelcastSettings.text(heard.from());
        try {
            if (heard.message().getMessageObject() instanceof byte[] bytes)
                listener.heard(bytes, from);
            else listener.dropped(Refusal.FORGED, from);
        } catch (RuntimeException e) {
            // Not even Hazelcast can read it; or a defect of ours, which must not end the reading.
            LOG.debug("a message from {} could not be read", from, e);
            listener.dropped(Refusal.MALFORMED, from);
        }
    }

    private String notJoined() {
        return failure.isEmpty() ? "joining" : "not joined: " + failure;
    }
}
