package meridian.config;

import java.time.Duration;
import java.util.Optional;
import meridian.config.source.Problems;

/// `dns { … }`.
final class DnsSection {

    private static final DnsLimits DEFAULT = DnsLimits.DEFAULT;
    private static final int MOST_CONNECTIONS = 1_000_000;

    private final Problems problems;

    DnsSection(Problems problems) {
        this.problems = problems;
    }

    DnsLimits read(Optional<Fields> section) {
        return section.flatMap(this::limits).orElse(DEFAULT);
    }

    private Optional<DnsLimits> limits(Fields fields) {
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
        return problems.attempt(
                fields.at("tcp-connections-per-client"),
                () -> new DnsLimits(payload, idle, inAll, perClient));
    }
}
