package meridian.node;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import meridian.config.DnsLimits;
import meridian.config.DnsTells;
import meridian.dns.Responder;
import meridian.dns.ServerCookies;
import meridian.dns.Told;
import meridian.dns.UdpAnswers;
import meridian.dns.ready.ExplanationLines;
import meridian.dns.ready.FastPath;
import meridian.dns.ready.KeeperThread;
import meridian.dns.transport.EventLoops;
import meridian.dns.transport.TcpLimits;
import meridian.dns.transport.TcpTransport;
import meridian.dns.transport.UdpTransport;
import meridian.topology.Node;

/// Where a node answers queries: both transports on each of its addresses, and the threads behind
/// them.
final class Listeners implements AutoCloseable {

    /// The last opened first.
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private final List<UdpTransport> udp = new ArrayList<>();

    private Listeners() {}

    /// Opens those of a node, before which one responder stands.
    ///
    /// @param wall for cookies and for the log
    /// @param registry where all of it tells what it counts
    /// @throws IOException if one cannot be opened; then none stays open
    static Listeners open(
            Node node,
            DnsLimits limits,
            KeeperThread keeper,
            ServerCookies cookies,
            InstantSource wall,
            MeterRegistry registry)
            throws IOException {
        var responder =
                new Responder(
                        keeper::snapshot,
                        () -> ThreadLocalRandom.current().nextLong(),
                        new Responder.Limits(limits.udpPayload(), limits.tcpIdle()),
                        cookies,
                        told(node, limits.tells(), keeper),
                        wall);
        NodeMetrics.bind(registry, responder);
        return open(
                node.dns(),
                limits,
                responder,
                FastPath.forEach(keeper::snapshot, responder),
                registry);
    }

    private static Told told(Node node, DnsTells tells, KeeperThread keeper) {
        return new Told(
                Optional.of(node.id().name()).filter(_ -> tells.node()),
                Optional.of("Meridian " + Version.number()).filter(_ -> tells.version()),
                new ExplanationLines(tells.explainTo(), keeper::edition));
    }

    private static Listeners open(
            List<InetSocketAddress> addresses,
            DnsLimits limits,
            Responder responder,
            Supplier<UdpAnswers> answers,
            MeterRegistry registry)
            throws IOException {
        var listeners = new Listeners();
        try {
            EventLoops loops = listeners.opened(EventLoops.perCore());
            for (InetSocketAddress address : addresses) {
                NodeMetrics.bind(registry, listeners.udp(address, limits, answers, loops), address);
                NodeMetrics.bind(
                        registry, listeners.tcp(address, limits, responder, loops), address);
            }
            return listeners;
        } catch (IOException | RuntimeException e) {
            listeners.close();
            throw e;
        }
    }

    private UdpTransport udp(
            InetSocketAddress address,
            DnsLimits limits,
            Supplier<UdpAnswers> answers,
            EventLoops loops)
            throws IOException {
        UdpTransport opened =
                UdpTransport.open(
                        address,
                        UdpTransport.Way.valueOf(limits.udp().name()),
                        answers,
                        limits.udpPayload(),
                        loops);
        udp.add(opened);
        return opened(opened);
    }

    private TcpTransport tcp(
            InetSocketAddress address, DnsLimits limits, Responder responder, EventLoops loops)
            throws IOException {
        var tcpLimits =
                new TcpLimits(
                        limits.tcpIdle(),
                        limits.tcpConnections(),
                        limits.tcpConnectionsPerClient());
        return opened(TcpTransport.open(address, responder, tcpLimits, loops));
    }

    private <T extends AutoCloseable> T opened(T listener) {
        open.push(listener);
        return listener;
    }

    /// Where queries are answered over UDP.
    List<InetSocketAddress> addresses() {
        return udp.stream()
                .flatMap(transport -> transport.addresses().stream())
                .distinct()
                .toList();
    }

    /// Stops listening, and answers what was read.
    @Override
    public void close() {
        while (!open.isEmpty()) MeridianNode.close(open.pop());
    }
}
