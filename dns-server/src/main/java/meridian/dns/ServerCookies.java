package meridian.dns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Server cookies that all nodes with one key make and know alike (RFC 7873, RFC 9018): by them a
/// client that has been answered before can show that its address is its own.
///
/// ```
/// hash = SipHash-2-4(secret of the timestamp's day, client cookie | head | client's address)
/// ```
///
/// Each day has a secret of its own, which follows from the key. So secrets rotate (RFC 9018 §5)
/// without anybody handing them out, and a cookie says by its timestamp which one it was made with.
public final class ServerCookies {

    /// Two halves of 64 bits each, as SipHash takes them (little-endian).
    record Secret(long low, long high) {

        static Secret of(byte[] octets) {
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            return new Secret(
                    Long.reverseBytes(buffer.getLong()), Long.reverseBytes(buffer.getLong()));
        }
    }

    /// What is known of a cookie that came with a query.
    public enum Standing {
        /// A client's first: no server cookie.
        NEW(0),
        /// A server cookie that we, or a sibling, made for this client and address.
        VALID(1),
        /// Another's, an old one, or one made up.
        INVALID(2);

        private final int number;

        Standing(int number) {
            this.number = number;
        }

        /// Where it is counted.
        int number() {
            return number;
        }
    }

    private record OfDay(long day, Secret secret) {}

    private static final long VERSION = 1L << 56;
    private static final int SECONDS_OF_A_DAY = 86_400;

    /// RFC 9018 §4.3: what is older is invalid, and so is what is further in the future.
    private static final int OLDEST_SECONDS = 3600;

    private static final int FURTHEST_SECONDS = 300;

    /// RFC 9018 §4.3: what is older is valid, and replaced.
    private static final int STALE_SECONDS = 1800;

    private final LongFunction<Secret> secrets;
    private final InstantSource clock;

    /// Of two days that follow on each other; those of other days are not valid at one time.
    private final AtomicReferenceArray<@Nullable OfDay> known = new AtomicReferenceArray<>(2);

    /// @param secrets by day since 1970; asked once a day
    ServerCookies(LongFunction<Secret> secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /// Cookies of whoever has this key.
    ///
    /// @param key secret octets, 16 or more
    public static ServerCookies of(byte[] key, InstantSource clock) {
        var secretKey = new SecretKeySpec(key, "HmacSHA256");
        return new ServerCookies(day -> secret(secretKey, day), clock);
    }

    private static Secret secret(SecretKeySpec key, long day) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            String purpose = "the secret of DNS cookies of day " + day;
            return Secret.of(mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + key.getAlgorithm(), e);
        }
    }

    /// Seconds since 1970; to be read once for each query.
    public long now() {
        return clock.millis() / 1000;
    }

    /// What a cookie is worth.
    ///
    /// @param hasServer whether there is a server cookie at all
    /// @param now as [#now] said
    public Standing standing(
            long client, boolean hasServer, long head, long hash, ResolverAddress from, long now) {
        if (!hasServer) return Standing.NEW;
        int age = age(head, now);
        boolean isInTime = age <= OLDEST_SECONDS && age >= -FURTHEST_SECONDS;
        return isInTime && head >>> 56 == 1 && hash(client, head, from, now) == hash
                ? Standing.VALID
                : Standing.INVALID;
    }

    /// The head of the server cookie that goes back: the same as long as it is good for a while.
    public static long nextHead(Standing standing, long head, long now) {
        return standing == Standing.VALID && age(head, now) <= STALE_SECONDS
                ? head
                : VERSION | (now & 0xffff_ffffL);
    }

    /// Timestamps are serial numbers of 32 bits (RFC 9018 §4.3, RFC 1982).
    private static int age(long head, long now) {
        return (int) now - (int) head;
    }

    /// The second half of a server cookie.
    ///
    /// @param head its first half, with a timestamp near `now`
    public long hash(long client, long head, ResolverAddress from, long now) {
        Secret secret = secretOf(Math.floorDiv(now - age(head, now), SECONDS_OF_A_DAY));
        return sipHash(secret, client, head, from.isIpv4(), from.high(), from.low());
    }

    private Secret secretOf(long day) {
        int slot = (int) (day & 1);
        OfDay ofDay = known.get(slot);
        if (ofDay == null || ofDay.day() != day) {
            ofDay = new OfDay(day, secrets.apply(day));
            known.set(slot, ofDay);
        }
        return ofDay.secret();
    }

    /// SipHash-2-4 (Aumasson and Bernstein, 2012) of 20 octets for IPv4 and 32 for IPv6, in words
    /// of eight; the last has what is left, and the length in its highest octet. Finalization is a
    /// word of zero with four rounds.
    private static long sipHash(
            Secret secret, long client, long head, boolean isIpv4, long high, long low) {
        long v0 = secret.low() ^ 0x736f6d6570736575L;
        long v1 = secret.high() ^ 0x646f72616e646f6dL;
        long v2 = secret.low() ^ 0x6c7967656e657261L;
        long v3 = secret.high() ^ 0x7465646279746573L;
        int words = isIpv4 ? 3 : 5;
        for (int i = 0; i <= words; i++) {
            long word =
                    switch (i) {
                        case 0 -> Long.reverseBytes(client);
                        case 1 -> Long.reverseBytes(head);
                        case 2 ->
                                isIpv4
                                        ? Long.reverseBytes(low) >>> 32 | 20L << 56
                                        : Long.reverseBytes(high);
                        case 3 -> isIpv4 ? 0 : Long.reverseBytes(low);
                        case 4 -> 32L << 56;
                        default -> 0;
                    };
            int rounds = 2;
            if (i == words) {
                v2 ^= 0xff;
                rounds = 4;
            }
            v3 ^= word;
            for (int round = 0; round < rounds; round++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        return Long.reverseBytes(v0 ^ v1 ^ v2 ^ v3);
    }
}
