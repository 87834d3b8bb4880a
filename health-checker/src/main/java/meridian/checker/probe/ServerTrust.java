package meridian.checker.probe;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/// What the JDK asks about a server's certificate. We are never a server, nor use engines.
abstract sealed class ServerTrust extends X509ExtendedTrustManager {

    /// Believes everyone. Extended, so that the JDK adds no check of its own.
    static final class Blind extends ServerTrust {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // verify = false: whether something answers is all that is asked
        }
    }

    /// The JDK's judgement, in words for operators.
    static final class Explaining extends ServerTrust {

        private final X509ExtendedTrustManager judge;

        Explaining(X509ExtendedTrustManager judge) {
            this.judge = judge;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            try {
                judge.checkServerTrusted(chain, type, socket);
            } catch (CertificateException e) {
                throw new CertificateException(why(chain, type, (SSLSocket) socket), e);
            }
        }

        private String why(X509Certificate[] chain, String type, SSLSocket socket) {
            Instant now = Instant.now();
            for (X509Certificate one : chain) {
                if (now.isAfter(one.getNotAfter().toInstant()))
                    return "certificate expired " + shown(one.getNotAfter());
                if (now.isBefore(one.getNotBefore().toInstant()))
                    return "certificate is not valid before " + shown(one.getNotBefore());
            }
            X509Certificate server = chain[0];
            if (isTrusted(chain, type))
                return "certificate is not valid for " + socket.getHandshakeSession().getPeerHost();
            if (server.getIssuerX500Principal().equals(server.getSubjectX500Principal()))
                return "certificate is self-signed";
            return "certificate is of an unknown authority ("
                    + chain[chain.length - 1].getIssuerX500Principal()
                    + ")";
        }

        /// Without a socket the name is not looked at.
        private boolean isTrusted(X509Certificate[] chain, String type) {
            try {
                judge.checkServerTrusted(chain, type);
                return true;
            } catch (CertificateException _) {
                return false;
            }
        }

        private static String shown(Date date) {
            return date.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        throw new UnsupportedOperationException();
    }

    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
