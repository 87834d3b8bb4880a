package meridian.signing;

import java.util.Base64;
import meridian.record.DomainName;

/// The keys of the RFCs' examples.
final class TestKeys {

    /// RFC 6605 §6.1.
    static final SigningKey ECDSA =
            key(
                    "example.net",
                    Algorithm.ECDSAP256SHA256,
                    "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==",
                    "GU6SnQ/Ou+xC5RumuIUIuJZteXT2z0O/ok1s38Et6mQ=");

    /// RFC 8080 §6.1.
    static final SigningKey ED25519 =
            key(
                    "example.com",
                    Algorithm.ED25519,
                    "l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=",
                    "ODIyNjAzODQ2MjgwODAxMjI2NDUxOTAyMDQxNDIyNjI=");

    private TestKeys() {}

    private static SigningKey key(
            String zone, Algorithm algorithm, String publicKey, String privateKey) {
        return new SigningKey(
                DomainName.of(zone),
                SigningKey.ENTRY_FLAG,
                algorithm,
                Base64.getDecoder().decode(publicKey),
                algorithm.privateKey(Base64.getDecoder().decode(privateKey)),
                KeyTiming.ALWAYS);
    }
}
