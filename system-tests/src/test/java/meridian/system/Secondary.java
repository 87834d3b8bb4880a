package meridian.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.xbill.DNS.Name;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/// Somebody else's name server as a secondary of example.com: it takes the zone from a node, signs
/// with a key that it shares with it, and gives the zone to anyone on this machine.
final class Secondary implements AutoCloseable {

    static final String ZONE = "example.com.";

    /// The programs, each with the files that tell it what to do. BIND asks over TLS (RFC 9103).
    enum Kind {
        BIND(Tool.NAMED, "-g -n 1 -c") {
            @Override
            String config(Path folder, int port, int primary, String secret) {
                return """
                    options {
                        directory "%1$s";
                        listen-on port %2$d { 127.0.0.1; };
                        listen-on-v6 { none; };
                        pid-file none;
                        session-keyfile none;
                        managed-keys-directory "%1$s";
                        recursion no;
                        dnssec-validation no;
                        notify no;
                        allow-transfer { 127.0.0.1; };
                    };
                    controls { };
                    key "%5$s" { algorithm hmac-sha256; secret "%4$s"; };
                    zone "example.com" {
                        type secondary;
                        primaries { 127.0.0.1 port %3$d key "%5$s" tls ephemeral; };
                        file "secondary.zone";
                    };
                    """
                        .formatted(folder, port, primary, secret, KEY);
            }
        },

        NSD(Tool.NSD, "-d -c") {
            @Override
            String config(Path folder, int port, int primary, String secret) {
                return """
                    server:
                        ip-address: 127.0.0.1@%2$d
                        server-count: 1
                        username: ""
                        chroot: ""
                        zonesdir: "%1$s"
                        database: ""
                        xfrdir: "%1$s"
                        xfrdfile: "%1$s/xfrd.state"
                        zonelistfile: "%1$s/zone.list"
                        pidfile: "%1$s/nsd.pid"
                    remote-control:
                        control-enable: no
                    key:
                        name: %5$s
                        algorithm: hmac-sha256
                        secret: "%4$s"
                    zone:
                        name: example.com
                        zonefile: secondary.zone
                        request-xfr: 127.0.0.1@%3$d %5$s
                        allow-notify: 127.0.0.1 %5$s
                        provide-xfr: 127.0.0.1 NOKEY
                    """
                        .formatted(folder, port, primary, secret, KEY);
            }
        },

        KNOT(Tool.KNOTD, "-c") {
            @Override
            String config(Path folder, int port, int primary, String secret) {
                return """
                    server:
                        listen: 127.0.0.1@%2$d
                        rundir: "%1$s"
                    database:
                        storage: "%1$s"
                    log:
                      - target: stderr
                        any: info
                    key:
                      - id: %5$s
                        algorithm: hmac-sha256
                        secret: %4$s
                    remote:
                      - id: primary
                        address: 127.0.0.1@%3$d
                        key: %5$s
                    acl:
                      - id: news
                        address: 127.0.0.1
                        key: %5$s
                        action: notify
                      - id: readers
                        address: 127.0.0.1
                        action: transfer
                    zone:
                      - domain: example.com
                        storage: "%1$s"
                        file: secondary.zone
                        master: primary
                        acl: [news, readers]
                    """
                        .formatted(folder, port, primary, secret, KEY);
            }
        };

        static final String KEY = "secondary";

        private final Tool tool;
        private final String words;

        Kind(Tool tool, String words) {
            this.tool = tool;
            this.words = words;
        }

        abstract String config(Path folder, int port, int primary, String secret);
    }

    private final Process process;
    private final int port;

    private Secondary(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts one, and waits for nothing.
    ///
    /// @param port where it listens, and is told of changes
    /// @param primary the port of the node; for BIND, that for TLS
    /// @param secret in Base64
    static Secondary start(Kind kind, Path folder, int port, int primary, String secret)
            throws IOException {
        Path own = Files.createDirectories(folder.resolve(kind.name()));
        Path config = own.resolve("secondary.conf");
        Files.writeString(config, kind.config(own, port, primary, secret));
        var command = new ArrayList<String>();
        command.add(kind.tool.path().orElseThrow().toString());
        command.addAll(List.of(kind.words.split(" ")));
        command.add(config.toString());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(own.resolve("secondary.log").toFile())
                        .start();
        return new Secondary(process, port);
    }

    DnsClient dns() {
        return new DnsClient(address());
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /// All records of the zone that it has.
    Set<String> zone() throws IOException {
        return zone(ZoneTransferIn.newAXFR(Name.fromConstantString(ZONE), address(), null));
    }

    /// What a transfer gives, each record once.
    static Set<String> zone(ZoneTransferIn transfer) throws IOException {
        try {
            transfer.run();
        } catch (ZoneTransferException e) {
            throw new IOException(e);
        }
        var records = new TreeSet<String>();
        transfer.getAXFR().forEach(record -> records.add(record.toString()));
        return records;
    }

    @Override
    public String toString() {
        return "the secondary at " + address();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
