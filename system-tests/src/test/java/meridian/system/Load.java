package meridian.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// 50 queries a second to one name server, for clients in turn, whether or not it answers.
///
/// A response must say NOERROR, have an answer, and tell the scope of it.
final class Load implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final Duration TIME_OUT = Duration.ofSeconds(2);
    private static final int PAYLOAD = 1232;
    private static final int ID_MASK = 0xffff;

    private final InetSocketAddress server;
    private final List<Oracle.Client> clients;
    private final DatagramChannel channel;
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    private final Map<Integer, Long> waiting = new ConcurrentHashMap<>();
    private final Queue<Response> responses = new ConcurrentLinkedQueue<>();
    private final Queue<Long> late = new ConcurrentLinkedQueue<>();
    private int sent;

    /// @param sent when its query was, by [System#nanoTime]
    /// @param wrong what is not as it must be
    record Response(long sent, Optional<String> wrong, List<Site> sites) {}

    /// @param timeOuts when each query was sent that had no response within two seconds
    record Seen(int sent, List<Response> responses, List<Long> timeOuts) {

        List<String> wrong() {
            return responses.stream().flatMap(response -> response.wrong().stream()).toList();
        }
    }

    static Load start(InetSocketAddress server, List<Oracle.Client> clients) throws IOException {
        var load = new Load(server, clients, DatagramChannel.open());
        Thread.ofVirtual().start(load::receive);
        var _ =
                load.sender.scheduleAtFixedRate(
                        load::send, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return load;
    }

    private Load(InetSocketAddress server, List<Oracle.Client> clients, DatagramChannel channel)
            throws IOException {
        this.server = server;
        this.clients = clients;
        this.channel = channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private void send() {
        try {
            int id = sent & ID_MASK;
            byte[] query = query(id, clients.get(sent % clients.size()));
            waiting.put(id, System.nanoTime());
            sent++;
            channel.send(ByteBuffer.wrap(query), server);
        } catch (IOException e) {
            // Nothing listens there: a query without a response, like others.
        }
    }

    private static byte[] query(int id, Oracle.Client client) throws IOException {
        var question = Record.newRecord(Name.fromString(Fleet.SERVICE), Type.A, DClass.IN);
        var subnet =
                new ClientSubnetOption(client.prefix(), InetAddress.getByName(client.network()));
        Message query = Message.newQuery(question);
        query.getHeader().setID(id);
        query.addRecord(new OPTRecord(PAYLOAD, 0, 0, 0, List.of(subnet)), Section.ADDITIONAL);
        return query.toWire();
    }

    private void receive() {
        var buffer = ByteBuffer.allocate(PAYLOAD);
        while (true) {
            try {
                channel.receive(buffer.clear());
                note(new Message(buffer.flip()));
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                responses.add(
                        new Response(System.nanoTime(), Optional.of(e.toString()), List.of()));
            }
        }
    }

    private void note(Message response) {
        Long at = waiting.remove(response.getHeader().getID());
        if (at == null) return;
        if (System.nanoTime() - at > TIME_OUT.toNanos()) late.add(at);
        else responses.add(new Response(at, wrong(response), sites(response)));
    }

    private static Optional<String> wrong(Message response) {
        if (response.getRcode() != Rcode.NOERROR) return Optional.of(response.toString());
        if (sites(response).isEmpty()) return Optional.of("no answer in " + response);
        return hasScope(response) ? Optional.empty() : Optional.of("no scope in " + response);
    }

    private static boolean hasScope(Message response) {
        OPTRecord opt = response.getOPT();
        return opt != null && !opt.getOptions(EDNSOption.Code.CLIENT_SUBNET).isEmpty();
    }

    private static List<Site> sites(Message response) {
        return response.getSection(Section.ANSWER).stream()
                .filter(ARecord.class::isInstance)
                .map(record -> ((ARecord) record).getAddress().getHostAddress())
                .flatMap(address -> Site.ofBackend(address).stream())
                .distinct()
                .toList();
    }

    /// Sends no more, and waits for what is still to come.
    Seen stop() {
        sender.close();
        try {
            Awaitility.await().atMost(TIME_OUT).until(waiting::isEmpty);
        } catch (ConditionTimeoutException e) {
            // What is left has timed out.
        }
        close();
        late.addAll(waiting.values());
        return new Seen(sent, List.copyOf(responses), List.copyOf(late));
    }

    @Override
    public void close() {
        sender.shutdownNow();
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError("a socket does not close", e);
        }
    }
}
