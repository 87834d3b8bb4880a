package meridian.config.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import meridian.record.DomainName;
import meridian.signing.Algorithm;
import meridian.signing.KeyTiming;
import meridian.signing.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyFileTest {

    /// As `dnssec-keygen` writes it, with the key of RFC 6605.
    private static final String PUBLIC =
            """
            ; This is a key-signing key, keyid 55648, for example.net.
            ; Created: 20260101000000 (Thu Jan  1 00:00:00 2026)
            example.net. 3600 IN DNSKEY 257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYb cB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==
            """;

    private static final String PRIVATE =
            """
            Private-key-format: v1.3
            Algorithm: 13 (ECDSAP256SHA256)
            PrivateKey: GU6SnQ/Ou+xC5RumuIUIuJZteXT2z0O/ok1s38Et6mQ=
            Created: 20260101000000
            Publish: 20260101000000
            Activate: 20260102030405
            """;

    @TempDir private Path folder;

    @Test
    void aKeyOfBindIsReadWithItsTiming() {
        SigningKey key = KeyFile.read(PUBLIC, PRIVATE);
        assertThat(KeyFile.stem(key)).isEqualTo("Kexample.net.+013+55648");
        assertThat(key.timing().activate()).contains(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(key.timing().inactive()).isEmpty();
    }

    /// One of 256 that `dnssec-keygen` makes.
    @Test
    void aKeyOfBindThatBeginsWithAZeroIsReadToo() {
        String zero =
                """
                z2.test. IN DNSKEY 256 3 13 ssQUjfiLY1B4OSvOpIa2RNeRrubY2YiloaWWNRWeRbkpqT9Vt9FVs/IZ VeK6M6EksE3lZGIuEWemMefXGb064w==
                """;
        String withoutIt =
                PRIVATE.replaceFirst(
                        "PrivateKey: .*",
                        "PrivateKey: ASwLU3TRthHgIarPGBkazzy9687J0Pa5E/ax3l3+Gw==");
        assertThat(KeyFile.stem(KeyFile.read(zero, withoutIt))).isEqualTo("Kz2.test.+013+42754");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMadeAndWrittenIsReadAgain(Algorithm algorithm) throws Exception {
        var timing =
                new KeyTiming(
                        Optional.of(Instant.EPOCH),
                        Optional.of(Instant.EPOCH.plusSeconds(1)),
                        Optional.empty(),
                        Optional.of(Instant.EPOCH.plusSeconds(2)),
                        Optional.empty(),
                        Optional.empty());
        SigningKey key = KeyMaker.make(DomainName.of("example.com"), 256, algorithm, timing);
        new KeyFolder(folder).add(key, Instant.EPOCH);
        assertThat(new KeyFolder(folder).read()).containsExactly(key);
    }

    @Test
    void halvesThatDoNotBelongTogetherAreRefused() {
        SigningKey other =
                KeyMaker.make(
                        DomainName.of("example.net"),
                        257,
                        Algorithm.ECDSAP256SHA256,
                        KeyTiming.ALWAYS);
        assertThatThrownBy(() -> KeyFile.read(KeyFile.publicText(other), PRIVATE))
                .hasMessage("the private key is not that of the public key");
    }

    @Test
    void aMomentThatIsNoneIsRefused() {
        assertThatThrownBy(
                        () -> KeyFile.read(PUBLIC, PRIVATE.replace("20260102030405", "tomorrow")))
                .hasMessageContaining("Activate is tomorrow; a moment in UTC");
    }
}
