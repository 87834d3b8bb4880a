package meridian.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/// One node that stands alone, in us-east of two regions, with files that a test replaces.
final class Solo implements AutoCloseable {

    private final Path config;
    private final String signing;
    private final boolean isEncrypted;
    private final int dnsPort = FreePorts.take();
    private final int tlsPort = FreePorts.take();
    private final int apiPort = FreePorts.take();
    private final FleetNode node;

    /// Until it is ready.
    ///
    /// @param settings of the configuration, beside its nodes and regions
    /// @param zone of example.com
    static Solo start(Path folder, String settings, String zone) throws IOException {
        return start(folder, settings, zone, "", false);
    }

    /// The same with a zone that is signed with the keys in the folder `keys`.
    static Solo signed(Path folder, String settings, String zone, String denial)
            throws IOException {
        String signing = ", dnssec { keys = keys, denial = " + denial + " }";
        return start(folder, settings, zone, signing, false);
    }

    /// One that gives the zone to secondaries, over TLS too, with [#show]n certificates.
    ///
    /// @param more what stands beside the zone's file
    static Solo giving(Path folder, String settings, String zone, String more) throws IOException {
        show(folder, "first");
        return start(folder, settings, zone, ", " + more, true);
    }

    /// One that answers over TLS and QUIC too, with [#show]n certificates.
    static Solo encrypted(Path folder, String settings, String zone) throws IOException {
        show(folder, "first");
        return start(folder, settings, zone, "", true);
    }

    private static Solo start(
            Path folder, String settings, String zone, String signing, boolean isEncrypted)
            throws IOException {
        Files.writeString(folder.resolve("example.com.zone"), zone);
        var solo = new Solo(folder.resolve("meridian.conf"), settings, signing, isEncrypted);
        try {
            solo.node.awaitReady();
            return solo;
        } catch (RuntimeException | Error e) {
            solo.close();
            throw e;
        }
    }

    private Solo(Path config, String settings, String signing, boolean isEncrypted)
            throws IOException {
        this.config = config;
        this.signing = signing;
        this.isEncrypted = isEncrypted;
        configure(settings);
        this.node = FleetNode.start(config, "solo", dnsPort, apiPort);
    }

    FleetNode node() {
        return node;
    }

    /// Writes the configuration anew.
    void configure(String settings) throws IOException {
        String text =
                """
                nodes { solo { region = us-east, dns = ["127.0.0.1:%d"], api = "127.0.0.1:%d"%s } }
                regions {
                  us-east { location = [38.9, -77.0] }
                  eu-west { location = [53.3, -6.2] }
                }
                zones { "example.com" { file = "example.com.zone"%s } }
                """
                        .formatted(dnsPort, apiPort, listeners(), signing);
        String tls = isEncrypted ? "dns { tls { certificate = tls.pem, key = tls.key } }\n" : "";
        replace(config, (text + tls + settings).getBytes(StandardCharsets.UTF_8));
    }

    private String listeners() {
        if (!isEncrypted) return "";
        return ", tls = [\"127.0.0.1:%1$d\"], quic = [\"127.0.0.1:%1$d\"]".formatted(tlsPort);
    }

    /// Puts one of the transport's test certificates, with its key, where a node that is encrypted
    /// looks for its own.
    static void show(Path folder, String name) throws IOException {
        for (String ending : List.of(".pem", ".key"))
            replace(folder.resolve("tls" + ending), Files.readAllBytes(certificate(name, ending)));
    }

    /// A file of a test certificate, which is for `NAME.example.com`.
    static Path certificate(String name, String ending) {
        return Tree.ROOT.resolve("dns-server/src/test/resources/tls").resolve(name + ending);
    }

    /// Where it answers over TLS, and over QUIC.
    int tlsPort() {
        return tlsPort;
    }

    InetSocketAddress tlsAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), tlsPort);
    }

    /// A file is replaced as careful programs do it: written beside, then renamed.
    static void replace(Path file, byte[] octets) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        Files.write(beside, octets);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        node.close();
    }
}
