package meridian.checker.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import meridian.health.ProbeResult;
import meridian.topology.Check;
import meridian.topology.Monitor;
import meridian.topology.Network;
import meridian.topology.RiseFall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpProbeIT {

    /// For answers that come at once; long enough for a busy machine.
    private static final Duration PATIENT = Duration.ofSeconds(20);

    /// For answers that never come; long enough to get as far as the step that is waited for.
    private static final Duration BRIEF = Duration.ofSeconds(1);

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @Test
    void anExpectedStatusPasses() throws Exception {
        try (var server = ScriptedServer.saying(OK + "Content-Length: 0\r\n\r\n")) {
            assertThat(attempt(server, http("/healthz", "www.example.com", null), PATIENT))
                    .isInstanceOf(ProbeResult.Passed.class);
            assertThat(server.requests.take())
                    .isEqualTo(
                            """
                            GET /healthz HTTP/1.1\r
                            Host: www.example.com\r
                            User-Agent: meridian-health-checker\r
                            Accept: */*\r
                            Connection: close\r
                            \r
                            """);
        }
    }

    @Test
    void withoutAHostTheAddressIsAskedFor() throws Exception {
        try (var server = ScriptedServer.saying(OK + "\r\n")) {
            var check =
                    new Check.Http(
                            false,
                            false,
                            "/",
                            OptionalInt.of(8080),
                            Optional.empty(),
                            new TreeSet<>(List.of(200)),
                            Optional.empty());
            assertThat(attempt(server, check, PATIENT)).isInstanceOf(ProbeResult.Passed.class);
            assertThat(server.requests.take()).contains("\r\nHost: 192.0.2.1:8080\r\n");
        }
    }

    /// `|` ends a line; what comes, and what is made of it where `ok` is expected in the body.
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            textBlock =
                    """
                    HTTP/1.1 200 OK|Content-Length: 5||so ok                    > passed
                    HTTP/1.1 200 OK||all ok                                     > passed
                    HTTP/1.0 200 OK||all ok                                     > passed
                    HTTP/1.1 200||all ok                                        > passed
                    HTTP/1.1 200 OK|Transfer-Encoding: chunked||1|o|1|k|0||     > passed
                    HTTP/1.1 103 Early Hints|Link: x||HTTP/1.1 200 OK||ok       > passed
                    HTTP/1.1 200 OK||well                                       > BODY body lacks "ok"
                    HTTP/1.1 200 OK|Content-Length: 1||ok                       > BODY body lacks "ok"
                    HTTP/1.1 204 No Content||                                   > STATUS status 204, expected 200
                    HTTP/1.1 503 Service Unavailable||ok                        > STATUS status 503, expected 200
                    HTTP/1.1 301 Moved|Location: http://192.0.2.9/||ok          > STATUS status 301, expected 200
                    HTTP/1.1 200 OK|Transfer-Encoding: chunked||zz|ok|0||       > PROTOCOL connection closed within the body, or its chunks are malformed
                    HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|o             > PROTOCOL connection closed within the body, or its chunks are malformed
                    HTTP/1.1 200 OK|Content-Length: 9||o                        > PROTOCOL connection closed within the body, or its chunks are malformed
                    HTTP/1.1 200 OK|Content-Length: -1||ok                      > PROTOCOL headers do not tell where the body ends
                    HTTP/1.1 200 OK|Content-Le                                  > PROTOCOL connection closed within the headers
                    SSH-2.0-OpenSSH_9.2p1|                                      > PROTOCOL answer is not HTTP: it begins "SSH-2.0-OpenSSH_9.2p1.."
                    HTTP/1.1 0 x||ok                                            > PROTOCOL answer is not HTTP: it begins "HTTP/1.1 0 x....ok"
                    HTTP/1.1 abc OK||ok                                         > PROTOCOL answer is not HTTP: it begins "HTTP/1.1 abc OK....ok"
                    """)
    void whatCameIsToldInAClause(String response, String expected) throws Exception {
        try (var server = ScriptedServer.saying(response.strip().replace("|", "\r\n"))) {
            assertThat(said(attempt(server, http("/", "www.example.com", "ok"), PATIENT)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void aServerThatSaysNothingIsWaitedForUntilTheDeadline() throws Exception {
        try (var server = ScriptedServer.doing(ScriptedServer::hold)) {
            assertThat(said(attempt(server, http("/", "www.example.com", null), BRIEF)))
                    .isEqualTo("TIMEOUT no answer within 1000 ms (waiting for status)");
        }
    }

    @Test
    void aServerThatSendsAnOctetNowAndThenGetsNoMoreTimeForThat() throws Exception {
        try (var server = ScriptedServer.doing(client -> drip(client, OK, "X: 1\r\n"))) {
            assertThat(said(attempt(server, http("/", "www.example.com", null), BRIEF)))
                    .isEqualTo("TIMEOUT no answer within 1000 ms (waiting for status)");
        }
    }

    @Test
    void aBodyThatDripsIsReadUntilTheDeadline() throws Exception {
        try (var server = ScriptedServer.doing(client -> drip(client, OK + "\r\n", "-"))) {
            assertThat(said(attempt(server, http("/", "www.example.com", "ok"), BRIEF)))
                    .isEqualTo("TIMEOUT no answer within 1000 ms (reading body)");
        }
    }

    @Test
    void aBodyWithoutAnEndPassesOnceItsTextHasCome() throws Exception {
        try (var server =
                ScriptedServer.doing(
                        client -> {
                            ScriptedServer.write(client, OK + "\r\n so far o");
                            ScriptedServer.write(client, "k, and");
                            ScriptedServer.hold(client);
                        })) {
            assertThat(said(attempt(server, http("/", "www.example.com", "ok"), PATIENT)))
                    .isEqualTo("passed");
        }
    }

    @Test
    void endlessHeadersAndLinesAndBodiesAreCutOff() throws Exception {
        String tooLong = "PROTOCOL headers exceed 64 KiB, or a line of them 8 KiB";
        assertThat(afterEndless(OK, "X-Filler: of forty octets, again and again\r\n"))
                .isEqualTo(tooLong);
        assertThat(afterEndless(OK + "X-Filler: ", "of a line that never ends")).isEqualTo(tooLong);
        assertThat(afterEndless("", "HTTP/1.1 100 Continue\r\n\r\n")).isEqualTo(tooLong);
        assertThat(afterEndless(OK + "\r\n", "no end")).isEqualTo("BODY body lacks \"ok\"");
        assertThat(afterEndless(OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n-\r\n"))
                .isEqualTo("BODY body lacks \"ok\"");
    }

    @Test
    void aRefusedConnectionIsCalledThat() throws Exception {
        InetSocketAddress nobody;
        try (var listener = ScriptedServer.onLoopback()) {
            nobody = (InetSocketAddress) listener.getLocalSocketAddress();
        }
        assertThat(said(attempt(nobody, http("/", "www.example.com", null), PATIENT)))
                .isEqualTo("CONNECTION connection refused");
    }

    /// A backlog that is full drops what else comes: the connection stays half open.
    @Test
    void aConnectionThatDoesNotOpenIsGivenUp() throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = (InetSocketAddress) full.getLocalSocketAddress();
            var waiting = new ArrayList<Socket>();
            for (int i = 0; i < 2; i++) {
                waiting.add(new Socket(address.getAddress(), address.getPort()));
            }
            assertThat(said(attempt(address, http("/", "www.example.com", null), BRIEF)))
                    .isEqualTo("TIMEOUT no answer within 1000 ms (connecting)");
            assertThat(said(attempt(address, new Check.Tcp(80), BRIEF)))
                    .isEqualTo("TIMEOUT no answer within 1000 ms (connecting)");
            for (Socket socket : waiting) socket.close();
        }
    }

    @Test
    void aServerThatResetsOrHangsUpIsToldApart() throws Exception {
        try (var closing = ScriptedServer.saying("");
                var resetting = ScriptedServer.doing(client -> client.setSoLinger(true, 0))) {
            var check = http("/", "www.example.com", null);
            assertThat(said(attempt(closing, check, PATIENT)))
                    .isEqualTo("PROTOCOL connection closed without an answer");
            assertThat(said(attempt(resetting, check, PATIENT)))
                    .isEqualTo("CONNECTION connection reset");
        }
    }

    @Test
    void aTcpProbePassesWhenTheConnectionOpens() throws Exception {
        try (var server = ScriptedServer.saying("")) {
            assertThat(said(attempt(server.address(), new Check.Tcp(80), PATIENT)))
                    .isEqualTo("passed");
        }
    }

    @Test
    void anInterruptEndsTheAttempt() throws Exception {
        try (var server = ScriptedServer.doing(ScriptedServer::hold)) {
            var thread =
                    Thread.ofVirtual()
                            .unstarted(
                                    () -> attempt(server, http("/", "example.com", null), PATIENT));
            thread.start();
            server.requests.take();
            thread.interrupt();
            assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    private static void drip(Socket client, String first, String drop)
            throws IOException, InterruptedException {
        ScriptedServer.write(client, first);
        while (true) {
            ScriptedServer.write(client, drop);
            var _ = NEVER.await(20, TimeUnit.MILLISECONDS);
        }
    }

    private static String afterEndless(String first, String filler) throws IOException {
        try (var server =
                ScriptedServer.doing(
                        client -> {
                            ScriptedServer.write(client, first);
                            while (true) ScriptedServer.write(client, filler);
                        })) {
            return said(attempt(server, http("/", "www.example.com", "ok"), PATIENT));
        }
    }

    private static Check http(String path, String host, @Nullable String body) {
        return new Check.Http(
                false,
                false,
                path,
                OptionalInt.empty(),
                Optional.of(host),
                new TreeSet<>(List.of(200)),
                Optional.ofNullable(body));
    }

    private static ProbeResult attempt(ScriptedServer server, Check check, Duration timeout) {
        return attempt(server.address(), check, timeout);
    }

    private static ProbeResult attempt(InetSocketAddress server, Check check, Duration timeout) {
        var monitor =
                new Monitor("web", check, timeout.plusSeconds(1), timeout, new RiseFall(2, 2));
        try (var probes = new Probes(_ -> server)) {
            return probes.of(Network.addressOf("192.0.2.1"), monitor).attempt();
        }
    }

    static String said(ProbeResult result) {
        return switch (result) {
            case ProbeResult.Passed _ -> "passed";
            case ProbeResult.Failed(var kind, var reason) -> kind + " " + reason;
            case ProbeResult.NotMade(var reason) -> "not made: " + reason;
        };
    }
}
