package meridian.checker.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import meridian.topology.Check;
import meridian.topology.Monitor;
import meridian.topology.Network;
import meridian.topology.RiseFall;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates are made by the JDK's keytool, signed by an authority that only these tests trust.
class HttpsProbeIT {

    private static final char[] PASSWORD = "of-a-test".toCharArray();
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    @TempDir static Path folder;

    private final List<String> serverNames = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        keytool("-alias", "ca", "-dname", "CN=authority", "-ext", "bc:c");
        signed("good", "-validity", "5");
        signed("expired", "-startdate", "-10y", "-validity", "10");
        signed("future", "-startdate", "+10d", "-validity", "5");
        keytool("-alias", "self", "-dname", "CN=self", "-ext", "san=dns:www.example.com");
    }

    @Test
    void aCertificateOfATrustedAuthorityForTheHostPasses() throws Exception {
        assertThat(probed("good", "www.example.com", true)).isEqualTo("passed");
        assertThat(serverNames).containsExactly("www.example.com");
    }

    @Test
    void aCertificateForTheAddressPassesWhereNoHostIsNamed() throws Exception {
        assertThat(probed("good", "192.0.2.1", true)).isEqualTo("passed");
        assertThat(serverNames).isEmpty();
    }

    @Test
    void whatIsWrongWithACertificateIsToldInAClause() throws Exception {
        assertThat(probed("good", "shop.example.com", true))
                .isEqualTo("TLS certificate is not valid for shop.example.com");
        assertThat(probed("good", "192.0.2.2", true))
                .isEqualTo("TLS certificate is not valid for 192.0.2.2");
        assertThat(probed("expired", "www.example.com", true))
                .startsWith("TLS certificate expired 20");
        assertThat(probed("future", "www.example.com", true))
                .startsWith("TLS certificate is not valid before 20");
        assertThat(probed("self", "www.example.com", true))
                .isEqualTo("TLS certificate is self-signed");
    }

    @Test
    void anAuthorityThatNobodyTrustsIsNamed() throws Exception {
        try (var server = tlsServer("good")) {
            assertThat(probed(server.address(), "www.example.com", true, Trust.jdk(), PATIENT))
                    .isEqualTo("TLS certificate is of an unknown authority (CN=authority)");
        }
    }

    @Test
    void withoutVerificationAnyCertificateWillDo() throws Exception {
        for (String alias : List.of("good", "expired", "future", "self"))
            assertThat(probed(alias, "shop.example.com", false)).isEqualTo("passed");
    }

    @Test
    void aServerThatDoesNotSpeakTlsIsToldApart() throws Exception {
        try (var plain = ScriptedServer.speakingFirst("220 mail.example.com ESMTP\r\n")) {
            assertThat(probed(plain.address(), "www.example.com", true, ours(), PATIENT))
                    .isEqualTo("TLS answer is not TLS");
        }
    }

    @Test
    void aServerThatHangsUpInTheHandshakeIsToldApart() throws Exception {
        try (var closing = ScriptedServer.speakingFirst("")) {
            assertThat(probed(closing.address(), "www.example.com", true, ours(), PATIENT))
                    .startsWith("TLS connection ")
                    .endsWith(" during the TLS handshake");
        }
    }

    @Test
    void aHandshakeThatNeverEndsIsGivenUp() throws Exception {
        try (var silent = ScriptedServer.doing(ScriptedServer::hold)) {
            assertThat(
                            probed(
                                    silent.address(),
                                    "www.example.com",
                                    true,
                                    ours(),
                                    Duration.ofSeconds(1)))
                    .isEqualTo("TIMEOUT no answer within 1000 ms (TLS handshake)");
        }
    }

    private String probed(String alias, String host, boolean verify) throws Exception {
        try (var server = tlsServer(alias)) {
            return probed(server.address(), host, verify, ours(), PATIENT);
        }
    }

    private static String probed(
            InetSocketAddress server, String host, boolean verify, Trust trust, Duration timeout) {
        boolean named = host.endsWith(".com");
        var check =
                new Check.Http(
                        true,
                        verify,
                        "/",
                        OptionalInt.empty(),
                        named ? Optional.of(host) : Optional.empty(),
                        new TreeSet<>(List.of(200)),
                        Optional.empty());
        var monitor =
                new Monitor("web", check, timeout.plusSeconds(1), timeout, new RiseFall(2, 2));
        InetAddress address = Network.addressOf(named ? "192.0.2.1" : host);
        try (var probes = new Probes(_ -> server, () -> trust)) {
            return HttpProbeIT.said(probes.of(address, monitor).attempt());
        }
    }

    private ScriptedServer tlsServer(String alias) throws Exception {
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(only(alias), PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new ScriptedServer(
                context.getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                this::answer);
    }

    private void answer(Socket client) throws IOException {
        var session = (ExtendedSSLSession) ((SSLSocket) client).getSession();
        for (SNIServerName name : session.getRequestedServerNames())
            serverNames.add(((SNIHostName) name).getAsciiName());
        ScriptedServer.write(client, OK);
    }

    /// Believes the tests' authority, and nobody else.
    private static Trust ours() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", all().getCertificate("ca"));
        return Trust.in(store);
    }

    private static KeyStore only(String alias) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        KeyStore all = all();
        store.setKeyEntry(
                alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
        return store;
    }

    private static KeyStore all() throws Exception {
        return KeyStore.getInstance(folder.resolve("store.p12").toFile(), PASSWORD);
    }

    private static void signed(String alias, String... more) throws Exception {
        var options =
                Stream.of(
                        "-alias",
                        alias,
                        "-dname",
                        "CN=" + alias,
                        "-signer",
                        "ca",
                        "-ext",
                        "san=dns:www.example.com,ip:192.0.2.1");
        keytool(Stream.concat(options, Stream.of(more)).toArray(String[]::new));
    }

    private static void keytool(String... options) throws Exception {
        var command =
                new ArrayList<String>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                folder.resolve("store.p12").toString(),
                                "-storepass",
                                new String(PASSWORD)));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
