package meridian.node;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import meridian.config.DnsLimits;
import meridian.config.DnsRateLimit;
import meridian.config.DnsTells;
import meridian.dns.Responder;
import meridian.dns.Secondaries;
import meridian.dns.ServerCookies;
import meridian.dns.Told;
import meridian.dns.UdpAnswers;
import meridian.dns.limit.RateLimit;
import meridian.dns.limit.RateLimiter;
import meridian.dns.ready.ExplanationLines;
import meridian.dns.ready.FastPath;
import meridian.dns.ready.KeeperThread;
import meridian.dns.transport.Entrance;
import meridian.dns.transport.EventLoops;
import meridian.dns.transport.QuicHandshakes;
import meridian.dns.transport.QuicTransport;
import meridian.dns.transport.TcpLimits;
import meridian.dns.transport.TcpTransport;
import meridian.dns.transport.TlsHandshakes;
import meridian.dns.transport.UdpTransport;
import meridian.topology.Node;

/// Where a node answers queries: UDP and TCP on each of its addresses, TLS and QUIC where it is to,
/// and the threads behind them.
final class Listeners implements AutoCloseable {

    private final DnsLimits limits;
    private final Responder responder;
    private final MeterRegistry registry;

    /// The last opened first.
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private final List<UdpTransport> udp = new ArrayList<>();

    /// Of a node that listens for TLS.
    private Optional<Certificates> certificates = Optional.empty();

    private Listeners(DnsLimits limits, Responder responder, MeterRegistry registry) {
        this.limits = limits;
        this.responder = responder;
        this.registry = registry;
    }

    /// Opens those of a node, before which one responder stands.
    ///
    /// @param secondaries gives who may have whole zones at the moment
    /// @param wall for cookies, signed queries and the log
    /// @param registry where all of it tells what it counts
    /// @throws IOException if one cannot be opened; then none stays open
    static Listeners open(
            Node node,
            DnsLimits limits,
            KeeperThread keeper,
            Supplier<Secondaries> secondaries,
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
                        wall,
                        secondaries);
        NodeMetrics.bind(registry, responder);
        return open(
                node, limits, responder, answers(limits, responder, keeper, registry), registry);
    }

    private static Supplier<UdpAnswers> answers(
            DnsLimits limits, Responder responder, KeeperThread keeper, MeterRegistry registry) {
        Supplier<UdpAnswers> unlimited = FastPath.forEach(keeper::snapshot, responder);
        if (limits.rateLimit().isEmpty()) return unlimited;
        DnsRateLimit limit = limits.rateLimit().get();
        var limiter =
                new RateLimiter(
                        new RateLimit(limit.perSecond(), limit.slip(), limit.exempt()),
                        responder,
                        System::nanoTime,
                        new SecureRandom().nextLong());
        NodeMetrics.bind(registry, limiter);
        return limiter.limiting(unlimited);
    }

    private static Told told(Node node, DnsTells tells, KeeperThread keeper) {
        return new Told(
                Optional.of(node.id().name()).filter(_ -> tells.node()),
                Optional.of("Meridian " + Version.number()).filter(_ -> tells.version()),
                new ExplanationLines(tells.explainTo(), keeper::edition));
    }

    private static Listeners open(
            Node node,
            DnsLimits limits,
            Responder responder,
            Supplier<UdpAnswers> answers,
            MeterRegistry registry)
            throws IOException {
        var listeners = new Listeners(limits, responder, registry);
        try {
            EventLoops loops = listeners.opened(EventLoops.perCore());
            for (InetSocketAddress address : node.dns()) {
                listeners.udp(address, answers, loops);
                listeners.tcp(address, loops);
            }
            if (node.isEncrypted()) listeners.encrypted(node, loops);
            return listeners;
        } catch (IOException | RuntimeException e) {
            listeners.close();
            throw e;
        }
    }

    private void udp(InetSocketAddress address, Supplier<UdpAnswers> answers, EventLoops loops)
            throws IOException {
        UdpTransport opened =
                opened(
                        UdpTransport.open(
                                address,
                                UdpTransport.Way.valueOf(limits.udp().name()),
                                answers,
                                limits.udpPayload(),
                                loops));
        udp.add(opened);
        NodeMetrics.bind(registry, opened, address);
    }

    private void tcp(InetSocketAddress address, EventLoops loops) throws IOException {
        NodeMetrics.bind(
                registry,
                opened(
                        TcpTransport.open(
                                address,
                                entrance(Optional.empty()),
                                responder,
                                tcpLimits(),
                                loops)),
                address);
    }

    /// The certificate is there before anyone comes. Who does not listen for QUIC loads nothing of
    /// it.
    private void encrypted(Node node, EventLoops loops) throws IOException {
        var handshakes = opened(new TlsHandshakes());
        Optional<QuicHandshakes> quic =
                node.quic().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new QuicHandshakes(handshakes));
        var shown =
                new Certificates(
                        identity -> {
                            handshakes.identify(identity);
                            quic.ifPresent(of -> of.identify(identity));
                        });
        certificates = Optional.of(shown);
        look(limits, Instant.now());
        NodeMetrics.bind(registry, handshakes, shown);
        for (InetSocketAddress address : node.tls()) tls(address, handshakes, loops);
        if (quic.isEmpty()) return;
        for (InetSocketAddress address : node.quic()) quic(address, quic.get(), loops);
    }

    private void tls(InetSocketAddress address, TlsHandshakes handshakes, EventLoops loops)
            throws IOException {
        NodeMetrics.bind(
                registry,
                opened(
                        TcpTransport.open(
                                address,
                                entrance(Optional.of(handshakes)),
                                responder,
                                tcpLimits(),
                                loops)),
                address);
    }

    private void quic(InetSocketAddress address, QuicHandshakes handshakes, EventLoops loops)
            throws IOException {
        NodeMetrics.bind(
                registry,
                opened(QuicTransport.open(address, handshakes, responder, tcpLimits(), loops)),
                address);
    }

    private Entrance entrance(Optional<TlsHandshakes> tls) {
        return new Entrance(limits.proxies(), tls);
    }

    private TcpLimits tcpLimits() {
        return new TcpLimits(
                limits.tcpIdle(), limits.tcpConnections(), limits.tcpConnectionsPerClient());
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

    /// Takes up a certificate that was renewed.
    ///
    /// @param now the settings of the moment; it may be in other files than it was
    void look(DnsLimits settings, Instant now) {
        certificates.ifPresent(of -> settings.tls().ifPresent(files -> of.look(files, now)));
    }

    /// What is wrong with the certificate.
    List<Alarms.Condition> conditions(Instant now) {
        return certificates.map(of -> of.conditions(now)).orElse(List.of());
    }

    /// Stops listening, and answers what was read.
    @Override
    public void close() {
        while (!open.isEmpty()) MeridianNode.close(open.pop());
    }
}
