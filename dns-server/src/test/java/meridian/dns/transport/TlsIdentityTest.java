package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIdentityTest {

    @ParameterizedTest
    @ValueSource(strings = {"first", "rsa", "ed25519"})
    void aChainAndItsKeyAreTaken(String name) throws IOException {
        assertThat(TestIdentities.of(name).chain()).hasSize(1);
    }

    @Test
    void itsTextHasNothingOfTheKey() throws IOException {
        assertThat(TestIdentities.of("first").toString())
                .startsWith("certificate for CN=first.example.com until 21");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        assertThatThrownBy(() -> of("first.pem", "second.key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "is not the key of the certificate for CN=first.example.com; the private half of its key is accepted");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> of("first.pem", "rsa.key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "is no key of the kind that the certificate has, EC; RSA, EC and Ed25519 are accepted");
    }

    @Test
    void aKeyOfAnotherFormIsRefusedWithTheCommandThatMendsIt() {
        assertThatThrownBy(() -> of("first.pem", "sec1.key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "has a EC PRIVATE KEY; a PRIVATE KEY (PKCS #8) as PEM is accepted, as `openssl pkey -in OLD -out NEW` makes it");
        assertThatThrownBy(() -> of("first.pem", "first.pem"))
                .hasMessageStartingWith("has no key; a PRIVATE KEY (PKCS #8) as PEM is accepted");
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        assertThatThrownBy(() -> TlsIdentity.chain(new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "has no certificate; certificates as PEM are accepted, this server's own first");
        byte[] torn = "-----BEGIN CERTIFICATE-----\nMIIB".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> TlsIdentity.chain(torn))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot be read: ")
                .hasMessageEndingWith(
                        "; certificates as PEM are accepted, this server's own first");
    }

    private static TlsIdentity of(String chain, String key) throws IOException {
        var certificates = TlsIdentity.chain(TestIdentities.octets(chain));
        PrivateKey secret = TlsIdentity.key(TestIdentities.octets(key), certificates.getFirst());
        return new TlsIdentity(certificates, secret);
    }
}
