package meridian.node;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import meridian.checker.Watches;
import meridian.cluster.Ledger;
import meridian.cluster.Refusal;
import meridian.dns.Responder;
import meridian.dns.ServerCookies;
import meridian.dns.Transport;
import meridian.dns.limit.RateLimiter;
import meridian.dns.ready.KeeperThread;
import meridian.dns.signed.Occasion;
import meridian.dns.transfer.Primary;
import meridian.dns.transport.QuicTransport;
import meridian.dns.transport.TcpTransport;
import meridian.dns.transport.TlsHandshakes;
import meridian.dns.transport.UdpTransport;
import meridian.dns.wire.Rcode;
import meridian.health.ProbeResult;

/// What the parts of a node count, by the names that Prometheus reads.
final class NodeMetrics {

    private NodeMetrics() {}

    static void bind(MeterRegistry registry, Responder responder) {
        for (Transport transport : Transport.values()) {
            for (Rcode rcode : Rcode.values()) {
                FunctionCounter.builder(
                                "meridian.dns.responses",
                                responder,
                                r -> responses(r, transport, rcode))
                        .description("Responses sent")
                        .tag("transport", word(transport))
                        .tag("rcode", rcode.name())
                        .register(registry);
            }
        }
        for (ServerCookies.Standing standing : ServerCookies.Standing.values()) {
            FunctionCounter.builder(
                            "meridian.dns.cookies",
                            responder,
                            r -> r.counts().cookies().getOrDefault(standing, 0L))
                    .description("Queries with a DNS cookie")
                    .tag("standing", word(standing))
                    .register(registry);
        }
        counter(
                registry,
                "meridian.dns.fast",
                "Responses over UDP that the fast path gave; the others took the long way",
                responder,
                r -> r.counts().fast());
        counter(
                registry,
                "meridian.dns.ignored",
                "Messages that must not be answered",
                responder,
                r -> r.counts().ignored());
        counter(
                registry,
                "meridian.dns.truncated",
                "Responses with TC",
                responder,
                r -> r.counts().truncated());
        counter(
                registry,
                "meridian.dns.defects",
                "Queries on which our code failed; SERVFAIL, if the long way did",
                responder,
                r -> r.counts().defects());
    }

    static void bind(MeterRegistry registry, RateLimiter limiter) {
        for (RateLimiter.Outcome outcome : RateLimiter.Outcome.values()) {
            FunctionCounter.builder("meridian.dns.rate.limited", limiter, l -> l.count(outcome))
                    .description("Responses over the limit of their client network")
                    .tag("outcome", word(outcome))
                    .register(registry);
        }
    }

    static void bind(MeterRegistry registry, UdpTransport udp, InetSocketAddress address) {
        String listener = text(address);
        if (udp.dropped().isPresent()) {
            udp(
                    registry,
                    "dropped",
                    "Datagrams that found no room in the kernel's buffers",
                    udp,
                    listener,
                    u -> u.dropped().orElse(0));
        }
        udp(
                registry,
                "unsent",
                "Responses that the system did not take",
                udp,
                listener,
                u -> u.counts().unsent());
        udp(
                registry,
                "failed",
                "Errors of sockets while they were read",
                udp,
                listener,
                u -> u.counts().failed());
        udp(
                registry,
                "defects",
                "Datagrams that have no response because our code failed",
                udp,
                listener,
                u -> u.counts().defects());
        udp(
                registry,
                "restarts",
                "Threads that met a defect and began anew",
                udp,
                listener,
                u -> u.counts().restarts());
    }

    private static void udp(
            MeterRegistry registry,
            String word,
            String text,
            UdpTransport udp,
            String listener,
            ToDoubleFunction<UdpTransport> count) {
        FunctionCounter.builder("meridian.dns.udp." + word, udp, count)
                .description(text)
                .tag("listener", listener)
                .register(registry);
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    static void bind(MeterRegistry registry, TcpTransport tcp, InetSocketAddress address) {
        Gauge.builder("meridian.dns.tcp.connections", tcp, TcpTransport::openConnections)
                .description("Open TCP connections, those of TLS too")
                .tag("listener", text(address))
                .register(registry);
        FunctionCounter.builder("meridian.dns.tcp.refused", tcp, TcpTransport::refusedConnections)
                .description("TCP connections that the limits did not admit")
                .tag("listener", text(address))
                .register(registry);
        FunctionCounter.builder("meridian.dns.tcp.headless", tcp, TcpTransport::headlessConnections)
                .description("Connections of load balancers without a good PROXY header")
                .tag("listener", text(address))
                .register(registry);
    }

    static void bind(MeterRegistry registry, QuicTransport quic, InetSocketAddress address) {
        Gauge.builder("meridian.dns.quic.connections", quic, QuicTransport::openConnections)
                .description("Open QUIC connections")
                .tag("listener", text(address))
                .register(registry);
        FunctionCounter.builder(
                        "meridian.dns.quic.refused", quic, QuicTransport::refusedConnections)
                .description("QUIC connections that the limits did not admit")
                .tag("listener", text(address))
                .register(registry);
    }

    static void bind(MeterRegistry registry, TlsHandshakes handshakes, Certificates certificates) {
        FunctionCounter.builder("meridian.dns.tls.handshakes", handshakes, h -> h.counts().done())
                .description("TLS handshakes, those of QUIC too")
                .tag("outcome", "done")
                .register(registry);
        FunctionCounter.builder("meridian.dns.tls.handshakes", handshakes, h -> h.counts().failed())
                .description("TLS handshakes, those of QUIC too")
                .tag("outcome", "failed")
                .register(registry);
        Gauge.builder(
                        "meridian.dns.tls.certificate.life.seconds",
                        certificates,
                        c -> lifeUntil(c.end()))
                .description("Until the certificate ends that is shown; NaN if none is")
                .register(registry);
    }

    private static double lifeUntil(Optional<Instant> end) {
        return end.map(it -> seconds(Duration.between(Instant.now(), it))).orElse(Double.NaN);
    }

    static void bind(MeterRegistry registry, Watches watches) {
        Gauge.builder("meridian.checker.watches", watches, w -> w.counts().watches())
                .description("Endpoints watched")
                .register(registry);
        Gauge.builder("meridian.checker.abstains", watches, w -> w.abstains() ? 1 : 0)
                .description("1 while no reference of the self-test answers")
                .register(registry);
        Gauge.builder("meridian.checker.held.out", watches, Watches::heldOut)
                .description("Endpoints that pass and are held out, for they went down often")
                .register(registry);
        counter(
                registry,
                "meridian.checker.probes.passed",
                "Probes that passed",
                watches,
                w -> w.counts().passed());
        for (ProbeResult.Kind kind : ProbeResult.Kind.values()) {
            FunctionCounter.builder(
                            "meridian.checker.probes.failed",
                            watches,
                            w -> Optional.ofNullable(w.counts().failed().get(kind)).orElse(0L))
                    .description("Probes that failed")
                    .tag("kind", word(kind))
                    .register(registry);
        }
        counter(
                registry,
                "meridian.checker.probes.not.made",
                "Attempts for which this machine lacked something",
                watches,
                w -> w.counts().notMade());
        Gauge.builder(
                        "meridian.checker.lateness.p99.seconds",
                        watches,
                        w -> seconds(w.counts().lateness().quantile(0.99)))
                .description("A bound on how late 99 % of the probes began")
                .register(registry);
        counter(
                registry,
                "meridian.checker.skipped",
                "Due times that passed while the checker stood still",
                watches,
                w -> w.counts().skipped());
    }

    private static void bind(MeterRegistry registry, Primary primary) {
        counter(
                registry,
                "meridian.transfer.given",
                "Transfers to secondaries that were begun",
                primary,
                Primary::given);
        counter(
                registry,
                "meridian.transfer.refused.busy",
                "Transfers that were refused because too many were under way",
                primary,
                Primary::turnedAway);
        counter(
                registry,
                "meridian.transfer.cut",
                "Transfers that were cut off since they were taken too slowly",
                primary,
                Primary::cutOff);
        counter(
                registry,
                "meridian.transfer.notify.unanswered",
                "Secondaries that could not be told of a version of a zone",
                primary,
                Primary::unanswered);
    }

    static void bind(
            MeterRegistry registry,
            Ledger ledger,
            KeeperThread keeper,
            Reloads reloads,
            Primary primary) {
        bind(registry, primary);
        for (Refusal refusal : Refusal.values()) {
            FunctionCounter.builder(
                            "meridian.cluster.refused",
                            ledger,
                            l -> Optional.ofNullable(l.refused().get(refusal)).orElse(0L))
                    .description("Cluster messages that were dropped")
                    .tag("reason", word(refusal))
                    .register(registry);
        }
        Gauge.builder("meridian.cluster.members", ledger, l -> l.membership().joined())
                .description("Nodes that this one is connected to, and itself")
                .register(registry);
        Gauge.builder("meridian.snapshot.generation", keeper, k -> k.edition().number())
                .description("How many snapshots this process has published")
                .register(registry);
        Gauge.builder(
                        "meridian.snapshot.age.seconds",
                        keeper,
                        k -> seconds(Duration.between(k.edition().published(), Instant.now())))
                .description("Age of the snapshot that answers queries")
                .register(registry);
        Gauge.builder(
                        "meridian.dnssec.signature.life.seconds",
                        keeper,
                        k -> lifeUntil(k.edition().serving().signing().earliestExpiration()))
                .description("Until the first signature ends that is served; NaN if none is")
                .register(registry);
        for (Occasion occasion : Occasion.values()) {
            FunctionCounter.builder(
                            "meridian.dnssec.signatures",
                            keeper,
                            k -> k.edition().serving().signing().made(occasion))
                    .description("Signatures that were made")
                    .tag("occasion", word(occasion))
                    .register(registry);
        }
        Gauge.builder("meridian.dns.tails.bytes", keeper, k -> k.edition().serving().tailBytes())
                .description("Ready responses of the zones")
                .register(registry);
        Gauge.builder(
                        "meridian.dns.locations.bytes",
                        keeper,
                        k -> k.edition().serving().locationBytes())
                .description("Tables from client networks to location classes")
                .register(registry);
        counter(
                registry,
                "meridian.config.accepted",
                "Configurations that were accepted",
                reloads,
                Reloads::acceptedCount);
        counter(
                registry,
                "meridian.config.refused",
                "Configurations that were refused",
                reloads,
                Reloads::refusedCount);
        Gauge.builder("meridian.config.stale", reloads, r -> r.state().problems().isEmpty() ? 0 : 1)
                .description("1 while the last attempt to load the configuration was refused")
                .register(registry);
    }

    private static <T> void counter(
            MeterRegistry registry, String name, String text, T source, ToDoubleFunction<T> count) {
        FunctionCounter.builder(name, source, count).description(text).register(registry);
    }

    private static long responses(Responder responder, Transport transport, Rcode rcode) {
        return Optional.ofNullable(responder.counts().responses().get(transport))
                .map(rcodes -> rcodes.get(rcode))
                .orElse(0L);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
