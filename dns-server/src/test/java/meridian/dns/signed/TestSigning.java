package meridian.dns.signed;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import meridian.record.DomainName;
import meridian.signing.Algorithm;
import meridian.signing.KeyTiming;
import meridian.signing.SigningKey;
import meridian.signing.ZoneKeys;

/// Signs with the key of RFC 8080's example, for whatever zone.
public final class TestSigning {

    public static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private TestSigning() {}

    public static SigningKey key(String zone) {
        return key(zone, SigningKey.ENTRY_FLAG, KeyTiming.ALWAYS);
    }

    static SigningKey key(String zone, int flags, KeyTiming timing) {
        return new SigningKey(
                DomainName.of(zone),
                flags,
                Algorithm.ED25519,
                Base64.getDecoder().decode("l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4="),
                Algorithm.ED25519.privateKey(
                        Base64.getDecoder().decode("ODIyNjAzODQ2MjgwODAxMjI2NDUxOTAyMDQxNDIyNjI=")),
                timing);
    }

    static Map<DomainName, ZoneKeys> keys(List<String> zones) {
        var keys = new HashMap<DomainName, ZoneKeys>();
        for (String zone : zones)
            keys.put(DomainName.of(zone), new ZoneKeys(DomainName.of(zone), List.of(key(zone))));
        return keys;
    }

    public static Signing of(String... zones) {
        return Signing.begin(keys(List.of(zones)), new SignatureStore(() -> 0), NOON);
    }

    /// Of the zones that tests draw, none, some or all.
    public static Signing ofSome(Random random) {
        List<String> zones =
                List.of("example.com", "child.example.com", "example.net").stream()
                        .filter(_ -> random.nextInt(3) == 0)
                        .toList();
        return of(zones.toArray(String[]::new));
    }
}
