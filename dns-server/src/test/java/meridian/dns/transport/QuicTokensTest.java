package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuicTokensTest {

    private static final InetSocketAddress CLIENT = client("192.0.2.1", 4711);
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};

    private Instant now = Instant.EPOCH;
    private boolean isBusy = true;
    private final QuicTokens tokens = tokens(0);

    private QuicTokens tokens(int key) {
        byte[] octets = new byte[32];
        octets[0] = (byte) key;
        return new QuicTokens(octets, () -> now, _ -> isBusy);
    }

    private static InetSocketAddress client(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @Test
    void whoComesBackWithItsTokenIsKnownByTheIdThatItAskedFor() {
        ByteBuf token = token();
        int at = tokens.validateToken(token, CLIENT);
        byte[] id = new byte[ID.length];
        token.getBytes(at, id);
        assertThat(id).isEqualTo(ID);
        assertThat(token.readableBytes()).isEqualTo(at + ID.length);
        assertThat(at + ID.length).isLessThanOrEqualTo(tokens.maxTokenLength());
    }

    @Test
    void nobodyIsSentOneWhileThereIsRoom() {
        isBusy = false;
        ByteBuf out = Unpooled.buffer();
        assertThat(tokens.writeToken(out, Unpooled.wrappedBuffer(ID), CLIENT)).isFalse();
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    void anothersTokenIsOfNoUse() {
        assertThat(tokens.validateToken(token(), client("192.0.2.2", 4711))).isNegative();
        assertThat(tokens.validateToken(token(), client("192.0.2.1", 4712))).isNegative();
        assertThat(tokens(1).validateToken(token(), CLIENT)).isNegative();
    }

    /// 192.0.2.1, port 4711 and an id are as many octets as an address of IPv6, its port and less
    /// of an id.
    @Test
    void noOctetOfTheAddressIsTakenForOneOfTheId() {
        byte[] id = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12, 0x67, 9, 9};
        ByteBuf token = Unpooled.buffer();
        assertThat(tokens.writeToken(token, Unpooled.wrappedBuffer(id), CLIENT)).isTrue();
        ByteBuf shorter = token.slice(0, token.readableBytes() - id.length).copy();
        shorter.writeBytes(new byte[] {9, 9});
        InetSocketAddress other = client("c000:201:0:1267::", 0x1267);
        assertThat(tokens.validateToken(shorter, other)).isNegative();
    }

    @Test
    void aTokenIsGoodForHalfAMinute() {
        ByteBuf token = token();
        now = Instant.EPOCH.plusSeconds(30);
        assertThat(tokens.validateToken(token, CLIENT)).isPositive();
        now = Instant.EPOCH.plusSeconds(31);
        assertThat(tokens.validateToken(token, CLIENT)).isNegative();
        now = Instant.EPOCH.minusSeconds(1);
        assertThat(tokens.validateToken(token, CLIENT)).isNegative();
    }

    @Test
    void noOctetOfItMayChange() {
        for (int at = 0; at < token().readableBytes(); at++) {
            ByteBuf token = token();
            token.setByte(at, token.getByte(at) ^ 1);
            assertThat(tokens.validateToken(token, CLIENT)).as("octet %d", at).isNegative();
        }
        for (int length = 0; length < token().readableBytes(); length++)
            assertThat(tokens.validateToken(token().slice(0, length), CLIENT)).isNegative();
    }

    private ByteBuf token() {
        ByteBuf out = Unpooled.buffer();
        assertThat(tokens.writeToken(out, Unpooled.wrappedBuffer(ID), CLIENT)).isTrue();
        return out;
    }
}
