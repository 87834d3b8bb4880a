package meridian.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RrsigTest {

    private static final Instant INCEPTION = Instant.parse("2015-07-29T21:00:00Z");

    static List<SigningKey> keys() {
        return List.of(TestKeys.ECDSA, TestKeys.ED25519);
    }

    @Test
    void theSignatureOfRfc6605IsOne() {
        RRset www = a("www.example.net", 192, 0, 2, 1);
        byte[] made =
                Rrsig.of(
                        www,
                        TestKeys.ECDSA,
                        Instant.parse("2010-08-12T10:04:39Z"),
                        Instant.parse("2010-09-09T10:04:39Z"));
        byte[] rfcs =
                withSignature(
                        made,
                        "qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==");
        assertThat(TestKeys.ECDSA.tag()).isEqualTo(55648);
        assertThat(Rrsig.verifies(rfcs, www, TestKeys.ECDSA)).isTrue();
    }

    @Test
    void theSignatureOfRfc8080IsTheOneThatIsMade() {
        byte[] made =
                Rrsig.of(
                        mx(),
                        TestKeys.ED25519,
                        Instant.ofEpochSecond(1_438_207_200),
                        Instant.ofEpochSecond(1_440_021_600));
        byte[] rfcs =
                withSignature(
                        made,
                        "oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==");
        assertThat(TestKeys.ED25519.tag()).isEqualTo(3613);
        assertThat(made).isEqualTo(rfcs);
    }

    @Test
    void theDsOfRfc8080IsTheOneThatIsMade() {
        assertThat(HexFormat.of().formatHex(TestKeys.ED25519.ds()))
                .endsWith("3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void whatIsSignedVerifiesAndWhatWasChangedDoesNot(SigningKey key) {
        RRset rrset = a("www." + key.zone(), 192, 0, 2, 1);
        byte[] rrsig = Rrsig.of(rrset, key, INCEPTION, INCEPTION.plusSeconds(100));
        assertThat(Rrsig.verifies(rrsig, rrset, key)).isTrue();
        assertThat(Rrsig.verifies(rrsig, a("www." + key.zone(), 192, 0, 2, 2), key)).isFalse();
        rrsig[rrsig.length - 1] ^= 1;
        assertThat(Rrsig.verifies(rrsig, rrset, key)).isFalse();
    }

    @Test
    void theOrderOfRecordsAndTheCaseOfNamesDoNotMatter() {
        RRset one = ns("EXAMPLE.com", "NS1.Example.com", "ns2.example.com");
        RRset other = ns("example.com", "ns2.example.com", "ns1.example.com");
        byte[] rrsig = Rrsig.of(one, TestKeys.ED25519, INCEPTION, INCEPTION.plusSeconds(100));
        assertThat(Rrsig.verifies(rrsig, other, TestKeys.ED25519)).isTrue();
    }

    @Test
    void theAsteriskIsNoneOfTheLabels() {
        byte[] rrsig =
                Rrsig.of(a("*.example.com", 1, 2, 3, 4), TestKeys.ED25519, INCEPTION, INCEPTION);
        assertThat(rrsig[3]).isEqualTo((byte) 2);
    }

    @Test
    void endsAreKnownToTheYear2106() {
        Instant end = Instant.parse("2100-01-01T00:00:00Z");
        byte[] rrsig = Rrsig.of(mx(), TestKeys.ED25519, INCEPTION, end);
        assertThat(Rrsig.expiration(rrsig)).isEqualTo(end);
    }

    private static byte[] withSignature(byte[] rrsig, String base64) {
        byte[] signature = Base64.getDecoder().decode(base64);
        byte[] other = Arrays.copyOf(rrsig, rrsig.length);
        System.arraycopy(signature, 0, other, other.length - signature.length, signature.length);
        return other;
    }

    private static RRset a(String owner, int... octets) {
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) address[i] = (byte) octets[i];
        return new RRset(DomainName.of(owner), RecordType.A, 3600, List.of(address));
    }

    private static RRset ns(String owner, String one, String other) {
        return new RRset(
                DomainName.of(owner),
                RecordType.NS,
                3600,
                List.of(DomainName.of(one).toWire(), DomainName.of(other).toWire()));
    }

    private static RRset mx() {
        byte[] exchange = DomainName.of("mail.example.com").toWire();
        byte[] rdata = new byte[2 + exchange.length];
        rdata[1] = 10;
        System.arraycopy(exchange, 0, rdata, 2, exchange.length);
        return new RRset(DomainName.of("example.com"), RecordType.MX, 3600, List.of(rdata));
    }
}
