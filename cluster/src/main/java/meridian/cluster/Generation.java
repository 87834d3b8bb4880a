package meridian.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import meridian.intent.Entry;
import meridian.intent.Intents;
import meridian.topology.NodeId;

/// One saved state, as it is in a file: `meridian state 1` in letters, a number that grows with
/// each save, the state, and a SHA-256 over all of it. A file that is torn anywhere is no
/// generation.
record Generation(long number, SavedState state) {

    static final Generation NONE = new Generation(0, SavedState.NONE);

    private static final byte[] MAGIC = "meridian state 1".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM_BYTES = 32;
    private static final int LEAST_INCARNATION = 3 + 8;

    byte[] toBytes() {
        var out = new ByteSink();
        out.raw(MAGIC);
        out.i64(number);
        write(state.incarnations(), out);
        ModelBytes.writeEntries(state.intents().entries().values(), out);
        ModelBytes.write(state.verdicts(), out);
        out.raw(checksum(out.written()));
        return out.toBytes();
    }

    /// Empty: the file is damaged, or of another version.
    static Optional<Generation> read(byte[] bytes) {
        int length = bytes.length - CHECKSUM_BYTES;
        if (length < MAGIC.length || !startsWithMagic(bytes) || !isWhole(bytes, length))
            return Optional.empty();
        return ByteSource.whole(
                bytes, MAGIC.length, length - MAGIC.length, Generation::readContents);
    }

    private static Generation readContents(ByteSource in) {
        return new Generation(
                in.i64(),
                new SavedState(readIncarnations(in), readIntents(in), ModelBytes.readVerdicts(in)));
    }

    private static void write(Map<NodeId, Long> incarnations, ByteSink out) {
        out.i32(incarnations.size());
        incarnations.forEach(
                (node, incarnation) -> {
                    out.node(node);
                    out.i64(incarnation);
                });
    }

    private static Map<NodeId, Long> readIncarnations(ByteSource in) {
        var incarnations = new HashMap<NodeId, Long>();
        for (int i = in.count(LEAST_INCARNATION); i > 0; i--) incarnations.put(in.node(), in.i64());
        return incarnations;
    }

    private static Intents readIntents(ByteSource in) {
        var entries = new HashMap<String, Entry>();
        ModelBytes.readEntries(in).forEach(entry -> entries.put(entry.intent().id(), entry));
        return new Intents(entries);
    }

    private static boolean startsWithMagic(byte[] bytes) {
        return Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    private static boolean isWhole(byte[] bytes, int length) {
        byte[] kept = Arrays.copyOfRange(bytes, length, bytes.length);
        return Arrays.equals(checksum(ByteBuffer.wrap(bytes, 0, length)), kept);
    }

    private static byte[] checksum(ByteBuffer bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes);
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
