package meridian.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import meridian.config.DnsLimits.UdpWay;
import meridian.config.source.Problems;

/// `dns { … }`.
final class DnsSection {

    private static final DnsLimits DEFAULT = DnsLimits.DEFAULT;
    private static final int MOST_CONNECTIONS = 1_000_000;

    private static final List<String> WAYS = List.of("batched", "netty");

    private final Problems problems;
    private final Values values;

    DnsSection(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    DnsLimits read(Optional<Fields> section) {
        return section.flatMap(this::limits).orElse(DEFAULT);
    }

    private Optional<DnsLimits> limits(Fields fields) {
        UdpWay udp =
                fields.read("udp", tree -> values.known(tree, "a way for UDP", WAYS))
                        .map(word -> UdpWay.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(DEFAULT.udp());
        int payload = fields.number("udp-payload", DEFAULT.udpPayload(), 512, 4096);
        Duration idle =
                fields.duration(
                        "tcp-idle-timeout",
                        DEFAULT.tcpIdle(),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1));
        int inAll = fields.number("tcp-connections", DEFAULT.tcpConnections(), 1, MOST_CONNECTIONS);
        int perClient =
                fields.number(
                        "tcp-connections-per-client",
                        Math.min(inAll, DEFAULT.tcpConnectionsPerClient()),
                        1,
                        MOST_CONNECTIONS);
        DnsTells tells =
                fields.block("tells", Schema.TELLS).map(this::tells).orElse(DnsTells.DEFAULT);
        return problems.attempt(
                fields.at("tcp-connections-per-client"),
                () -> new DnsLimits(udp, payload, idle, inAll, perClient, tells));
    }

    private DnsTells tells(Fields fields) {
        return new DnsTells(
                fields.truth("node", DnsTells.DEFAULT.node()),
                fields.truth("version", DnsTells.DEFAULT.version()),
                fields.readEach("explain-to", values::network));
    }
}
