package meridian.cluster;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;

/// Bytes being written: numbers are big-endian, texts are UTF-8 behind their length in bytes.
final class ByteSink {

    private ByteBuffer bytes = ByteBuffer.allocate(1024);

    void u8(int value) {
        room(1).put((byte) value);
    }

    void u16(int value) {
        room(2).putShort((short) value);
    }

    void i32(int value) {
        room(4).putInt(value);
    }

    void i64(long value) {
        room(8).putLong(value);
    }

    void flag(boolean value) {
        u8(value ? 1 : 0);
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xffff) {
            throw new IllegalArgumentException(
                    "a text of " + utf8.length + " bytes is too long for a message: 65,535 fit");
        }
        u16(utf8.length);
        raw(utf8);
    }

    void raw(byte[] value) {
        room(value.length).put(value);
    }

    <T> void optional(Optional<T> value, Consumer<T> write) {
        flag(value.isPresent());
        value.ifPresent(write);
    }

    void node(NodeId node) {
        text(node.name());
    }

    void mark(Mark mark) {
        i64(mark.incarnation());
        i64(mark.sequence());
    }

    void time(HybridTime time) {
        i64(time.millis());
        i32(time.counter());
    }

    void stamp(Stamp stamp) {
        time(stamp.time());
        node(stamp.node());
    }

    void instant(Instant instant) {
        i64(instant.getEpochSecond());
        i32(instant.getNano());
    }

    void address(InetAddress address) {
        byte[] octets = address.getAddress();
        u8(octets.length);
        raw(octets);
    }

    /// What was written so far, to be read.
    ByteBuffer written() {
        return bytes.duplicate().flip();
    }

    byte[] toBytes() {
        var written = new byte[bytes.position()];
        bytes.get(0, written);
        return written;
    }

    private ByteBuffer room(int count) {
        if (bytes.remaining() < count) {
            int needed = bytes.position() + count;
            bytes = ByteBuffer.allocate(Math.max(needed, 2 * bytes.capacity())).put(bytes.flip());
        }
        return bytes;
    }
}
