package meridian.node.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/// Queries to one name server at a steady pace, for clients in turn, whether or not it answers.
final class Load implements AutoCloseable {

    private static final Duration TIME_OUT = Duration.ofSeconds(2);
    private static final int PAYLOAD = 1232;
    private static final int IDS = 1 << 16;

    private final Grounds grounds;
    private final Grounds.Server server;
    private final List<Client> clients;
    private final Duration period;
    private final DatagramChannel channel;
    private final Map<Integer, Waiting> waiting = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final Map<String, Reply> latest = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record Waiting(Instant sent, String client) {}

    private Load(Grounds grounds, Grounds.Server server, List<Client> clients, Duration period)
            throws IOException {
        this.grounds = grounds;
        this.server = server;
        this.clients = List.copyOf(clients);
        this.period = period;
        this.channel = DatagramChannel.open().connect(server.dns());
    }

    /// @param period from one query to the next
    static Load start(Grounds grounds, Grounds.Server server, List<Client> clients, Duration period)
            throws IOException {
        var load = new Load(grounds, server, clients, period);
        Thread.ofPlatform().daemon().name("asks " + server).start(load::keepAsking);
        Thread.ofPlatform().daemon().name("hears " + server).start(load::keepHearing);
        return load;
    }

    Grounds.Server server() {
        return server;
    }

    /// The newest response that a client got.
    Optional<Reply> latest(String client) {
        return Optional.ofNullable(latest.get(client));
    }

    /// All that came since the last call, by the moment when it was sent; what timed out too.
    List<Reply> taken() {
        giveUp(Instant.now().minus(TIME_OUT));
        var taken = new ArrayList<Reply>();
        for (Reply reply = replies.poll(); reply != null; reply = replies.poll()) taken.add(reply);
        taken.sort(Comparator.comparing(Reply::sent));
        return taken;
    }

    @Override
    public void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepAsking() {
        long due = System.nanoTime();
        for (int number = 0; !closed; number++) {
            ask(number % IDS, clients.get(number % clients.size()));
            due += period.toNanos();
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private void ask(int id, Client client) {
        Waiting before = waiting.put(id, new Waiting(Instant.now(), client.region()));
        if (before != null) timedOut(before);
        try {
            channel.write(client.query(id));
        } catch (IOException _) {
            // Nothing listens there: a query without a response, like others.
        }
    }

    private void keepHearing() {
        var buffer = ByteBuffer.allocate(PAYLOAD);
        while (!closed) {
            try {
                channel.read(buffer.clear());
                hear(new Message(buffer.flip()));
            } catch (ClosedChannelException _) {
                return;
            } catch (PortUnreachableException _) {
                // It is told once, and the next query asks again.
            } catch (IOException _) {
                // No response to any query of ours.
            }
        }
    }

    private void hear(Message response) {
        Instant now = Instant.now();
        Waiting asked = waiting.remove(response.getHeader().getID());
        if (asked == null) return;
        if (Duration.between(asked.sent, now).compareTo(TIME_OUT) > 0) {
            timedOut(asked);
            return;
        }
        Set<String> regions = regions(response);
        Reply.Kind kind =
                response.getRcode() != Rcode.NOERROR
                        ? Reply.Kind.ERROR
                        : regions.isEmpty() ? Reply.Kind.EMPTY : Reply.Kind.ANSWERED;
        var reply = new Reply(asked.sent, now, asked.client, kind, regions);
        replies.add(reply);
        latest.put(asked.client, reply);
    }

    private Set<String> regions(Message response) {
        var regions = new HashSet<String>();
        response.getSection(Section.ANSWER).stream()
                .filter(ARecord.class::isInstance)
                .map(record -> ((ARecord) record).getAddress().getHostAddress())
                .forEach(address -> regions.add(grounds.region(address).orElse(address)));
        return regions;
    }

    private void giveUp(Instant sentBefore) {
        waiting.forEach(
                (id, asked) -> {
                    if (asked.sent.isBefore(sentBefore) && waiting.remove(id, asked))
                        timedOut(asked);
                });
    }

    private void timedOut(Waiting asked) {
        replies.add(
                new Reply(
                        asked.sent,
                        asked.sent.plus(TIME_OUT),
                        asked.client,
                        Reply.Kind.TIMED_OUT,
                        Set.of()));
    }
}
