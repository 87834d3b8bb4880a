package meridian.dns.transfer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import meridian.dns.tsig.TsigKeys;
import meridian.dns.tsig.TsigSession;
import meridian.dns.wire.Notify;
import meridian.dns.wire.Rcode;
import meridian.dns.wire.Serial;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.topology.ZoneTransfer.Notified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells secondaries that there is a version to take (NOTIFY, RFC 1996), each on a thread of its
/// own, again and again until it answers. News of a later version end those of an earlier one.
///
/// All that an answer ends is the telling, so nobody looks whether it is signed. One that is not
/// NOERROR ends it too, as a failure: whoever refuses the news will refuse them again.
final class Notifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    /// How long each telling waits for an answer, which RFC 1996 §3.6 leaves to us: a minute in
    /// all. After that the zone's own refresh is as good.
    private static final List<Duration> PATIENCE =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30));

    /// Tellings that wait for their answers at a time: a start has news of all zones at once.
    private static final int MOST_AT_A_TIME = 200;

    /// What became of one telling.
    private sealed interface Outcome {
        record Answered(int rcode) implements Outcome {}

        record Unheard(String why) implements Outcome {}
    }

    private record Errand(DomainName zone, InetSocketAddress to) {}

    /// Of all addresses of the machine the system takes one by the way that leads there.
    private static final InetAddress ANY = new InetSocketAddress(0).getAddress();

    private final InstantSource clock;
    private final List<Duration> patience;
    private final Map<Errand, Thread> running = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(MOST_AT_A_TIME, true);
    private final LongAdder unanswered = new LongAdder();

    Notifier(InstantSource clock) {
        this(clock, PATIENCE);
    }

    /// @param patience how long each telling waits for an answer
    Notifier(InstantSource clock, List<Duration> patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /// @param soa of the version
    void tell(RRset soa, List<Notified> targets, TsigKeys keys) {
        for (Notified target : targets) {
            var errand = new Errand(soa.owner(), target.address());
            Thread thread = Thread.ofVirtual().unstarted(() -> run(errand, soa, target, keys));
            Thread before = running.put(errand, thread);
            if (before != null) before.interrupt();
            thread.start();
        }
    }

    /// Tellings that nobody took, of all that are over.
    long unanswered() {
        return unanswered.sum();
    }

    @Override
    public void close() {
        running.values().forEach(Thread::interrupt);
    }

    private void run(Errand errand, RRset soa, Notified target, TsigKeys keys) {
        try {
            String why = "";
            for (Duration wait : patience) {
                switch (told(soa, target, keys, wait)) {
                    case Outcome.Answered(var rcode) -> {
                        if (rcode != Rcode.NOERROR.number())
                            failed(errand, soa, "it answers with the RCODE " + rcode);
                        return;
                    }
                    case Outcome.Unheard(var reason) -> why = reason;
                }
            }
            failed(errand, soa, why);
        } catch (InterruptedException _) {
            // A later version is told of, or the node ends.
        } finally {
            running.remove(errand, Thread.currentThread());
        }
    }

    private void failed(Errand errand, RRset soa, String why) {
        unanswered.increment();
        LOG.warn(
                "{} could not be told that {} has the serial {}, and will see it when it refreshes: {}",
                errand.to(),
                errand.zone(),
                Serial.of(soa),
                why);
    }

    private byte[] message(RRset soa, Notified target, TsigKeys keys) {
        var message = ByteBuffer.allocate(Notify.MAX_LENGTH);
        Notify.write(ThreadLocalRandom.current().nextInt(0x10000), soa, message);
        target.key()
                .flatMap(keys::find)
                .map(TsigSession::asking)
                .ifPresent(session -> session.sign(message, 0, clock.instant()));
        byte[] octets = new byte[message.position()];
        message.get(0, octets);
        return octets;
    }

    /// Whoever waited for room signs with the time at which there is some.
    private Outcome told(RRset soa, Notified target, TsigKeys keys, Duration wait)
            throws InterruptedException {
        room.acquire();
        try {
            return toldAtOnce(target, message(soa, target, keys), wait);
        } finally {
            room.release();
        }
    }

    /// Where nobody listens yet, or no way leads, the system says so at once: the next telling
    /// waits all the same.
    private static Outcome toldAtOnce(Notified target, byte[] message, Duration wait)
            throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        int id = ByteBuffer.wrap(message).getShort() & 0xffff;
        var from = new InetSocketAddress(target.from().orElse(ANY), 0);
        try (var socket = new DatagramSocket(from)) {
            socket.connect(target.address());
            socket.send(new DatagramPacket(message, message.length));
            var answer = new DatagramPacket(new byte[Notify.MAX_LENGTH], Notify.MAX_LENGTH);
            while (true) {
                socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
                socket.receive(answer);
                OptionalInt rcode =
                        Notify.rcode(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()), id);
                if (rcode.isPresent()) return new Outcome.Answered(rcode.getAsInt());
            }
        } catch (SocketTimeoutException _) {
            return new Outcome.Unheard("it does not answer");
        } catch (IOException e) {
            Thread.sleep(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            return new Outcome.Unheard(e.toString());
        }
    }
}
