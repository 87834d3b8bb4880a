package meridian.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;

/// Bytes being read, whoever wrote them. Nothing is allocated for a length or a count before the
/// bytes that it promises are seen to be there.
final class ByteSource {

    private final ByteBuffer bytes;
    private final Map<String, NodeId> nodes = new HashMap<>();

    ByteSource(byte[] bytes, int offset, int length) {
        this.bytes = ByteBuffer.wrap(bytes, offset, length);
    }

    /// Reads a whole value.
    ///
    /// @return empty: these bytes are no such value, or something follows it
    static <T> Optional<T> whole(
            byte[] bytes, int offset, int length, Function<ByteSource, T> read) {
        var in = new ByteSource(bytes, offset, length);
        try {
            T value = read.apply(in);
            return in.bytes.hasRemaining() ? Optional.empty() : Optional.of(value);
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | DateTimeException
                | ArithmeticException e) {
            // The ways in which reading and the values' own constructors refuse.
            return Optional.empty();
        }
    }

    int u8() {
        return bytes.get() & 0xff;
    }

    int u16() {
        return bytes.getShort() & 0xffff;
    }

    int i32() {
        return bytes.getInt();
    }

    long i64() {
        return bytes.getLong();
    }

    boolean flag() {
        int value = u8();
        if (value > 1) throw new IllegalArgumentException("a flag is 0 or 1, not " + value);
        return value == 1;
    }

    /// How many things follow, each of at least `least` bytes.
    int count(int least) {
        int count = i32();
        if (count < 0 || count > bytes.remaining() / least) {
            throw new IllegalArgumentException(
                    count + " things of " + least + " bytes do not fit into what follows");
        }
        return count;
    }

    String text() {
        return new String(raw(u16()), StandardCharsets.UTF_8);
    }

    byte[] raw(int length) {
        if (length > bytes.remaining()) throw new BufferUnderflowException();
        var raw = new byte[length];
        bytes.get(raw);
        return raw;
    }

    <T> Optional<T> optional(Supplier<T> read) {
        return flag() ? Optional.of(read.get()) : Optional.empty();
    }

    /// Thousands of verdicts name a few nodes.
    NodeId node() {
        return nodes.computeIfAbsent(text(), NodeId::new);
    }

    Mark mark() {
        return new Mark(i64(), i64());
    }

    HybridTime time() {
        return new HybridTime(i64(), i32());
    }

    Stamp stamp() {
        return new Stamp(time(), node());
    }

    Instant instant() {
        return Instant.ofEpochSecond(i64(), i32());
    }

    InetAddress address() {
        var octets = new byte[Math.min(u8(), 16)];
        bytes.get(octets);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "an address has 4 or 16 bytes, not " + octets.length, e);
        }
    }
}
