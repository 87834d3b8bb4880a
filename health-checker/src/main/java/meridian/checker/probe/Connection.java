package meridian.checker.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import meridian.health.ProbeResult;

/// One attempt's connection, which is cut when its time is up, wherever it then stands.
final class Connection implements AutoCloseable {

    /// How far the attempt is, as the reason of a timeout says it.
    enum Phase {
        CONNECTING("connecting"),
        HANDSHAKE("TLS handshake"),
        WAITING("waiting for status"),
        READING("reading body");

        private final String words;

        Phase(String words) {
            this.words = words;
        }
    }

    private final Approach approach;
    private final long begun = System.nanoTime();
    // Proxies of the JVM are not asked: a probe looks at the endpoint itself.
    private final Socket plain = new Socket(Proxy.NO_PROXY);
    private final Future<?> deadline;
    private Socket socket = plain;
    private Phase phase = Phase.CONNECTING;
    private volatile boolean cut;

    Connection(Approach approach) {
        this.approach = approach;
        this.deadline = approach.deadlines().after(approach.timeout(), this::cut);
    }

    void open() throws IOException {
        plain.connect(approach.target());
    }

    void secure(Trust trust, String host) throws IOException {
        phase = Phase.HANDSHAKE;
        // The request must not wait for the acknowledgement of the handshake's last flight.
        plain.setTcpNoDelay(true);
        SSLSocket secured = trust.over(plain, host);
        socket = secured;
        secured.startHandshake();
    }

    void send(byte[] request) throws IOException {
        phase = Phase.WAITING;
        socket.getOutputStream().write(request);
    }

    InputStream incoming() throws IOException {
        return socket.getInputStream();
    }

    void readsBody() {
        phase = Phase.READING;
    }

    ProbeResult passed() {
        return new ProbeResult.Passed(Duration.ofNanos(System.nanoTime() - begun));
    }

    /// What this exception means, here and now.
    ProbeResult explained(IOException e) {
        if (!cut) return Failures.explained(e, approach.target(), phase == Phase.HANDSHAKE);
        return new ProbeResult.Failed(
                ProbeResult.Kind.TIMEOUT,
                "no answer within " + approach.timeout().toMillis() + " ms (" + phase.words + ")");
    }

    /// Closes politely, with a FIN. That may leave our port in TIME_WAIT for a minute, which is
    /// harmless: ports are taken per remote address, and one endpoint has at most 600 such (one
    /// minute at 100 ms). What it spares the endpoint are resets in its log.
    @Override
    public void close() {
        closeQuietly(socket);
        deadline.cancel(false);
    }

    /// A reset: whoever did not answer in time would otherwise hold a half-closed connection here
    /// for minutes. On the plain socket, because closing a TLS one waits for whoever writes to it.
    private void cut() {
        cut = true;
        try {
            plain.setSoLinger(true, 0);
        } catch (IOException _) {
            // it is closed already
        }
        closeQuietly(plain);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is gone either way, and the result is known
        }
    }
}
