package meridian.checker.probe;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whom a probe believes over TLS.
///
/// @param identifies whether the certificate must also be valid for the host
record Trust(ServerTrust authorities, boolean identifies) {

    /// No certificate is looked at: the check has `verify = false`.
    static final Trust ANYONE = new Trust(new ServerTrust.Blind(), false);

    private static final SecureRandom RANDOM = new SecureRandom();

    /// Read from disk when the first probe needs it.
    private static final class Jdk {

        static final Trust TRUST = in(null);
    }

    /// The authorities that the JDK trusts, or those of `javax.net.ssl.trustStore`.
    static Trust jdk() {
        return Jdk.TRUST;
    }

    /// @param authorities null: those of the JDK
    static Trust in(@Nullable KeyStore authorities) {
        try {
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .map(manager -> new Trust(new ServerTrust.Explaining(manager), true))
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the trust store cannot be read", e);
        }
    }

    /// TLS over a connected socket, which it closes; no handshake yet. A host with a dot in it that
    /// is no address is also the SNI.
    SSLSocket over(Socket plain, String host) throws IOException {
        var socket =
                (SSLSocket)
                        context()
                                .getSocketFactory()
                                .createSocket(plain, host, plain.getPort(), true);
        if (identifies) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        return socket;
    }

    /// One for each attempt: a session resumed from an earlier one would spare the endpoint from
    /// showing its certificate, and an expired one would pass for a day.
    private SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {authorities}, RANDOM);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
