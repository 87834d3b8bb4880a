package meridian.dns.signed;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import meridian.record.DomainName;
import meridian.signing.Algorithm;
import meridian.signing.Denial;
import meridian.signing.KeyTiming;
import meridian.signing.SigningKey;
import meridian.signing.ZoneKeys;
import meridian.signing.ZoneSigning;

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

    static Map<DomainName, ZoneSigning> zones(Denial denial, String... apexes) {
        var zones = new HashMap<DomainName, ZoneSigning>();
        for (String apex : apexes) zones.put(DomainName.of(apex), zone(denial, apex));
        return zones;
    }

    private static ZoneSigning zone(Denial denial, String apex) {
        return new ZoneSigning(new ZoneKeys(DomainName.of(apex), List.of(key(apex))), denial);
    }

    public static Signing of(String... apexes) {
        return of(Denial.NSEC, apexes);
    }

    public static Signing of(Denial denial, String... apexes) {
        return begin(zones(denial, apexes));
    }

    /// With NSEC.
    ///
    /// @param draws is asked for each signature that is made
    public static Signing of(LongSupplier draws, String... apexes) {
        return Signing.begin(zones(Denial.NSEC, apexes), new SignatureStore(draws), NOON);
    }

    private static Signing begin(Map<DomainName, ZoneSigning> zones) {
        return Signing.begin(zones, new SignatureStore(() -> 0), NOON);
    }

    /// Of the zones that tests draw, none, some or all, each with whichever denial.
    public static Signing ofSome(Random random) {
        var zones = new HashMap<DomainName, ZoneSigning>();
        for (String apex : List.of("example.com", "child.example.com", "example.net"))
            if (random.nextInt(3) == 0)
                zones.put(
                        DomainName.of(apex),
                        zone(random.nextBoolean() ? Denial.NSEC : Denial.NSEC3, apex));
        return begin(zones);
    }
}
