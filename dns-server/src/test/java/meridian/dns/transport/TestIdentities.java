package meridian.dns.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// Certificates for a hundred years, each with its key, and a client that believes any.
final class TestIdentities {

    private static final Path FOLDER = Path.of("src/test/resources/tls");

    private TestIdentities() {}

    static TlsIdentity of(String name) throws IOException {
        var chain = TlsIdentity.chain(octets(name + ".pem"));
        return new TlsIdentity(chain, TlsIdentity.key(octets(name + ".key"), chain.getFirst()));
    }

    static byte[] octets(String file) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(file));
    }

    static SSLContext credulous() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Believing()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Believing implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
