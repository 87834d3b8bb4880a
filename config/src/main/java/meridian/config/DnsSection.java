package meridian.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import meridian.config.DnsLimits.UdpWay;
import meridian.config.source.Problems;
import meridian.config.source.Tree;

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
        Optional<DnsRateLimit> rateLimit =
                fields.block("rate-limit", Schema.RATE_LIMIT).map(this::rateLimit);
        return problems.attempt(
                fields.at("tcp-connections-per-client"),
                () ->
                        new DnsLimits(
                                udp,
                                payload,
                                idle,
                                inAll,
                                perClient,
                                fields.readEach("proxy-from", values::network),
                                rateLimit,
                                tells,
                                fields.block("tls", Schema.DNS_TLS).flatMap(this::tls)));
    }

    private DnsRateLimit rateLimit(Fields fields) {
        return new DnsRateLimit(
                fields.number("per-second", DnsRateLimit.DEFAULT.perSecond(), 1, 1_000_000),
                fields.number("slip", DnsRateLimit.DEFAULT.slip(), 0, 100),
                fields.readEach("exempt", values::network));
    }

    private DnsTells tells(Fields fields) {
        return new DnsTells(
                fields.truth("node", DnsTells.DEFAULT.node()),
                fields.truth("version", DnsTells.DEFAULT.version()),
                fields.readEach("explain-to", values::network));
    }

    private Optional<TlsFiles> tls(Fields fields) {
        fields.require("certificate", "certificate = \"tls.pem\" is accepted");
        fields.require("key", "key = \"tls.key\" is accepted");
        Optional<Path> certificate = fields.read("certificate", this::file);
        Optional<Path> key = fields.read("key", this::file);
        key.ifPresent(file -> ClusterSection.warnIfReadable(problems, fields.at("key"), file));
        if (certificate.isEmpty() || key.isEmpty()) return Optional.empty();
        return Optional.of(new TlsFiles(certificate.get(), key.get()));
    }

    /// On the disk, even where the configuration is read from a copy; it may be renewed at any
    /// time, and that it is not there is no reason to serve no zone.
    private Optional<Path> file(Tree tree) {
        Optional<Path> file = values.file(tree).map(ConfigFiles::onDisk);
        if (file.isPresent() && !Files.isRegularFile(file.get()))
            problems.warn(
                    tree.at(),
                    "the file " + file.get() + " does not exist",
                    "nobody is served encrypted until it does");
        return file;
    }
}
