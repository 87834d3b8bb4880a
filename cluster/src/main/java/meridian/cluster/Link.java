package meridian.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.HazelcastClientOfflineException;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.topic.Message;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears one other node: a Hazelcast client that listens to that node's topic.
///
/// Hazelcast dials the node for as long as it does not answer, and again when the connection is
/// dead. What it does not do by itself is done here: it cannot know how long to wait for an answer,
/// and a kernel that gets none is silent for a second before it asks again; it cannot listen before
/// it was connected once; where listening failed after it was connected again, it only warns, and
/// stays connected and deaf; and a client that stopped, for whatever reason, stays stopped. Until
/// the first word comes a link asks for one, so that after a cut nobody waits for the next beat.
final class Link implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    /// A node that is heard beats once a second.
    private static final long DEAF_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Duration LOOKED_AFTER = Duration.ofMillis(100);

    /// What Hazelcast waits for may never come, and a process that ends must not wait for it.
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(1);

    private static final byte[] NOTHING = {};

    private final InetSocketAddress peer;
    private final ClientConfig config;
    private final Ears ears;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread linking;
    private Optional<HazelcastInstance> client = Optional.empty();
    private volatile Duration patience = Duration.ZERO;
    private volatile boolean tooHasty;
    private boolean listening;
    private volatile boolean connected;
    private volatile boolean hearing;
    private volatile long lastSign;

    /// Is given what the other node says. Called by Hazelcast's own thread, which must not wait.
    @FunctionalInterface
    interface Ears {
        void arrived(Message<Object> message, InetSocketAddress from);
    }

    private Link(InetSocketAddress peer, ClientConfig config, Ears ears) {
        this.peer = peer;
        this.config =
                config.addListenerConfig(new ListenerConfig((LifecycleListener) this::turned));
        this.ears = ears;
        // Not a virtual one: to dial makes a client, which loads a thousand classes. Where as many
        // virtual threads as there are cores wait for a class, nobody runs the one that has the
        // lock of its file.
        linking =
                Thread.ofPlatform()
                        .daemon()
                        .name("link to " + HazelcastSettings.text(peer))
                        .unstarted(this::keepLinked);
    }

    /// Begins to dial, and returns at once.
    static Link open(InetSocketAddress peer, ClientConfig config, Ears ears) {
        var link = new Link(peer, config, ears);
        link.linking.start();
        return link;
    }

    /// Whether the other node answers.
    boolean isUp() {
        return connected;
    }

    @Override
    public void close() {
        closed.countDown();
        linking.interrupt();
        try {
            linking.join(ENDED_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepLinked() {
        try {
            do lookAfter();
            while (!isClosedWithin(LOOKED_AFTER));
        } finally {
            hangUp();
        }
    }

    private void lookAfter() {
        try {
            if (!isWell()) hangUp();
            if (client.isEmpty()) Knock.at(peer).ifPresent(this::dial);
            if (client.isPresent() && !listening) listen();
            if (connected && !hearing) ask();
        } catch (RuntimeException e) {
            LOG.debug("{} is not listened to yet", peer, e);
        }
    }

    private boolean isWell() {
        boolean runs = client.filter(it -> it.getLifecycleService().isRunning()).isPresent();
        if (!runs || (tooHasty && !connected)) return false;
        if (System.nanoTime() - lastSign < DEAF_NANOS) return true;
        lastSign = System.nanoTime();
        if (!connected) Thread.ofVirtual().start(this::measure);
        return !connected;
    }

    /// Whether the node could be connected to by someone more patient. Nothing waits for it: the
    /// link may be back in the meantime.
    private void measure() {
        boolean tooFar = Knock.at(peer).filter(it -> it.isTooFarFor(patience)).isPresent();
        tooHasty = tooFar && !connected;
    }

    /// Whoever is patient for longer than an answer takes waits for one that will not come.
    private void dial(Knock knock) {
        patience = knock.patience();
        tooHasty = false;
        lastSign = System.nanoTime();
        config.getNetworkConfig().setConnectionTimeout((int) patience.toMillis());
        client = Optional.of(HazelcastClient.newHazelcastClient(config));
    }

    /// Asks the other node for its topic, which takes a connection; from then on the client asks
    /// again whenever it is connected again.
    private void listen() {
        try {
            client.orElseThrow()
                    .getTopic(HazelcastSettings.TOPIC)
                    .addMessageListener(this::arrived);
            listening = true;
        } catch (HazelcastClientOfflineException e) {
            LOG.trace("{} does not answer yet", peer, e);
        }
    }

    private void ask() {
        client.orElseThrow().getTopic(HazelcastSettings.ASKING).publish(NOTHING);
    }

    private void arrived(Message<Object> message) {
        hearing = true;
        lastSign = System.nanoTime();
        ears.arrived(message, peer);
    }

    private void turned(LifecycleEvent event) {
        switch (event.getState()) {
            case CLIENT_CONNECTED -> {
                lastSign = System.nanoTime();
                hearing = false;
                tooHasty = false;
                connected = true;
                tell("the node at {} answers");
            }
            case CLIENT_DISCONNECTED -> {
                connected = false;
                tell("the node at {} answers no more");
            }
            default -> LOG.trace("the link to {}: {}", peer, event.getState());
        }
    }

    private void tell(String turn) {
        if (!isClosedWithin(Duration.ZERO)) LOG.info(turn, HazelcastSettings.text(peer));
    }

    private void hangUp() {
        client.ifPresent(it -> it.getLifecycleService().terminate());
        client = Optional.empty();
        listening = false;
        connected = false;
    }

    private boolean isClosedWithin(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
