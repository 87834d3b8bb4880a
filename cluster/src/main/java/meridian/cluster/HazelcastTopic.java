package meridian.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.Message;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The topic `beats` of a Hazelcast cluster, which goes from member to member without an owner in
/// between.
///
/// A member joins in the background, and tries again for as long as it cannot: a node answers
/// queries whether it has peers or not. Nothing of Hazelcast is used but the topic, and nothing
/// waits for its failure detector. It has no encryption and lets anyone in who knows the cluster's
/// name; what such a guest says is not signed, and is dropped.
public final class HazelcastTopic implements Topic {

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastTopic.class);

    /// Messages that wait to be read; more are dropped, and made good by the next beats.
    private static final int MAX_WAITING = 256;

    private static final int TRIED_AGAIN_AFTER_SECONDS = 5;

    private final InetSocketAddress self;
    private final int configured;
    private final Supplier<Config> config;
    private final BlockingQueue<Message<Object>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread reading;
    private volatile Optional<Joined> joined = Optional.empty();
    private volatile String failure = "";
    private volatile Listener listener = (message, from) -> {};

    private record Joined(HazelcastInstance member, ITopic<Object> beats) {

        boolean isRunning() {
            return member.getLifecycleService().isRunning();
        }
    }

    private HazelcastTopic(
            String clusterName, InetSocketAddress self, List<InetSocketAddress> members) {
        this.self = self;
        configured = members.size();
        config = () -> HazelcastSettings.config(clusterName, self, members);
        reading = Thread.ofPlatform().name("beats heard").daemon().unstarted(this::keepReading);
    }

    /// Nothing is sent and nothing heard until it is told to [#join].
    ///
    /// @param clusterName the same on all nodes
    /// @param self where this node listens for the others, and nowhere else
    /// @param members where all nodes of the configuration listen, this one included
    public static HazelcastTopic of(
            String clusterName, InetSocketAddress self, List<InetSocketAddress> members) {
        return new HazelcastTopic(clusterName, self, members);
    }

    /// Begins to join, and returns at once.
    public void join() {
        reading.start();
        Thread.ofPlatform().name("cluster join").daemon().start(this::keepJoined);
    }

    @Override
    public void send(byte[] message) {
        try {
            joined.ifPresent(it -> it.beats().publish(message));
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
        return joined.filter(Joined::isRunning)
                .map(it -> membership(it.member().getCluster().getMembers().size()))
                .orElseGet(() -> new Membership(0, configured, notJoined()));
    }

    @Override
    public void close() {
        closed.countDown();
        reading.interrupt();
        // Nothing is kept in Hazelcast that would have to be handed over to others first.
        joined.ifPresent(it -> it.member().getLifecycleService().terminate());
    }

    private void keepJoined() {
        do {
            if (joined.filter(Joined::isRunning).isEmpty()) joinOnce();
        } while (!isClosedWithin(TRIED_AGAIN_AFTER_SECONDS));
    }

    private void joinOnce() {
        try {
            HazelcastInstance member = Hazelcast.newHazelcastInstance(config.get());
            ITopic<Object> beats = member.getTopic(HazelcastSettings.TOPIC);
            beats.addMessageListener(this::arrived);
            joined = Optional.of(new Joined(member, beats));
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

    /// Called by Hazelcast's own thread, which must not wait.
    private void arrived(Message<Object> message) {
        if (isOwn(message)) return;
        if (!waiting.offer(message)) listener.dropped(Refusal.OVERFLOWED, sender(message));
    }

    private void keepReading() {
        try {
            while (!isClosedWithin(0)) read(waiting.take());
        } catch (InterruptedException e) {
            LOG.debug("no more messages are read: the topic is closed");
        }
    }

    private void read(Message<Object> message) {
        try {
            if (message.getMessageObject() instanceof byte[] bytes)
                listener.heard(bytes, sender(message));
            else listener.dropped(Refusal.FORGED, sender(message));
        } catch (RuntimeException e) {
            // Not even Hazelcast can read it; or a defect of ours, which must not end the reading.
            LOG.debug("a message from {} could not be read", sender(message), e);
            listener.dropped(Refusal.MALFORMED, sender(message));
        }
    }

    private static boolean isOwn(Message<Object> message) {
        return publisher(message).filter(Member::localMember).isPresent();
    }

    private static String sender(Message<Object> message) {
        return publisher(message)
                .map(member -> member.getAddress().getHost() + ":" + member.getAddress().getPort())
                .orElse("a process that is no member");
    }

    private static Optional<Member> publisher(Message<Object> message) {
        return Optional.ofNullable(message.getPublishingMember());
    }

    private Membership membership(int members) {
        String state =
                members == 1 && configured > 1
                        ? "alone"
                        : "joined " + members + " of " + configured;
        return new Membership(members, configured, state);
    }

    private String notJoined() {
        return failure.isEmpty() ? "joining" : "not joined: " + failure;
    }
}
