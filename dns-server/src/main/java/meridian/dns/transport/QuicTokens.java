package meridian.dns.transport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// By what a client shows that it is where its packets say (RFC 9000 §8.1.2): it is sent a token,
/// and comes again with it. That takes a round trip, so it is asked for only while many are here
/// already, or many from there; then packets with forged addresses cost nothing but the token.
///
/// ```
/// seconds, 8 octets | HMAC-SHA-256, 16 octets | id that was asked for
/// ```
final class QuicTokens implements QuicTokenHandler {

    private static final Duration GOOD_FOR = Duration.ofSeconds(30);
    private static final String HMAC = "HmacSHA256";
    private static final int HASH = 16;
    private static final int HEAD = Long.BYTES + HASH;

    private final SecretKeySpec key;
    private final InstantSource clock;
    private final Predicate<InetAddress> isBusy;

    /// @param key 16 octets or more, that nobody else knows
    /// @param isBusy whether whoever comes from this address must show that it is there
    QuicTokens(byte[] key, InstantSource clock, Predicate<InetAddress> isBusy) {
        this.key = new SecretKeySpec(key, HMAC);
        this.clock = clock;
        this.isBusy = isBusy;
    }

    @Override
    public boolean writeToken(ByteBuf out, ByteBuf id, InetSocketAddress client) {
        if (!isBusy.test(client.getAddress())) return false;
        long now = clock.instant().getEpochSecond();
        byte[] asked = octets(id);
        out.writeLong(now).writeBytes(hash(now, client, asked)).writeBytes(asked);
        return true;
    }

    /// Where the id begins; -1 for a token that is not good.
    @Override
    public int validateToken(ByteBuf token, InetSocketAddress client) {
        byte[] octets = octets(token);
        if (octets.length < HEAD) return -1;
        ByteBuffer fields = ByteBuffer.wrap(octets);
        long made = fields.getLong();
        byte[] hash = Arrays.copyOfRange(octets, Long.BYTES, HEAD);
        byte[] asked = Arrays.copyOfRange(octets, HEAD, octets.length);
        long age = clock.instant().getEpochSecond() - made;
        boolean isGood =
                age >= 0
                        && age <= GOOD_FOR.toSeconds()
                        && MessageDigest.isEqual(hash, hash(made, client, asked));
        return isGood ? HEAD : -1;
    }

    @Override
    public int maxTokenLength() {
        return HEAD + Quic.MAX_CONN_ID_LEN;
    }

    private static byte[] octets(ByteBuf buffer) {
        byte[] octets = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), octets);
        return octets;
    }

    private byte[] hash(long made, InetSocketAddress client, byte[] id) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(made).flip());
            byte[] address = client.getAddress().getAddress();
            mac.update((byte) address.length);
            mac.update(address);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(client.getPort()).flip());
            mac.update(id);
            return Arrays.copyOf(mac.doFinal(), HASH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
