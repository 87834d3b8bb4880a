package meridian.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// unbound as a resolver that validates what a node says of example.com, and uses each proof for
/// whatever else it proves (RFC 8198).
final class Unbound implements AutoCloseable {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Process process;
    private final int port;
    private final Path anchors;

    private Unbound(Process process, int port, Path anchors) {
        this.process = process;
        this.port = port;
        this.anchors = anchors;
    }

    /// @param node the port where the node answers
    /// @param ds the DS record that is trusted
    static Unbound validating(Path folder, int node, String ds) throws IOException {
        return validating(folder, node, ds, Instant.now());
    }

    /// @param at for when it validates
    static Unbound validating(Path folder, int node, String ds, Instant at) throws IOException {
        int port = FreePorts.take();
        Path config = folder.resolve("unbound.conf");
        Files.writeString(
                config,
                """
                server:
                    interface: 127.0.0.1@%d
                    module-config: "validator iterator"
                    trust-anchor: "%s"
                    val-override-date: "%s"
                    aggressive-nsec: yes
                    do-not-query-localhost: no
                    do-ip6: no
                    num-threads: 1
                    do-daemonize: no
                    chroot: ""
                    username: ""
                    directory: "%s"
                    pidfile: ""
                    use-syslog: no
                    val-log-level: 2
                stub-zone:
                    name: "example.com"
                    stub-addr: 127.0.0.1@%d
                remote-control:
                    control-enable: no
                """
                        .formatted(port, ds, DATE.format(at), folder, node));
        String[] words = ds.split(" ", 5);
        Path anchors = folder.resolve("anchors");
        Files.writeString(
                anchors,
                "trust-anchors { %s static-ds %s \"%s\"; };\n"
                        .formatted(
                                words[0],
                                words[3] + " " + words[4].replaceFirst(" 2 .*", " 2"),
                                words[4].replaceFirst(".* ", "")));
        Process process =
                new ProcessBuilder(
                                Tool.UNBOUND.path().orElseThrow().toString(),
                                "-d",
                                "-c",
                                config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("unbound.log").toFile())
                        .start();
        var unbound = new Unbound(process, port, anchors);
        Fleet.await("unbound answers")
                .until(() -> unbound.ask("localhost.", Type.A).getHeader().getFlag(Flags.RA));
        return unbound;
    }

    int port() {
        return port;
    }

    /// The same trust for delv.
    Path anchors() {
        return anchors;
    }

    /// As someone asks who wants to know whether it is secure (RFC 6840 §5.7).
    Message ask(String name, int type) throws IOException {
        var resolver =
                new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        resolver.setTimeout(PATIENCE);
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
        query.getHeader().setFlag(Flags.AD);
        return resolver.send(query);
    }

    /// As a validator asks, who looks at the signatures.
    Message askForSignatures(String name, int type) throws IOException {
        var resolver =
                new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        resolver.setTimeout(PATIENCE);
        resolver.setEDNS(0, 4096, ExtendedFlags.DO);
        return resolver.send(
                Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
