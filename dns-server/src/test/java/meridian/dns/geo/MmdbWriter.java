package meridian.dns.geo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import meridian.topology.Network;

/// Writes small databases in MaxMind's format, good ones and impossible ones.
///
/// A value is a `String`, `Double`, `Float`, `Integer` (unsigned 32), `Boolean`, `List` or `Map`.
final class MmdbWriter {

    private static final byte[] MARKER =
            "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);

    private static final class Node {
        Object left = EMPTY;
        Object right = EMPTY;
    }

    private static final Object EMPTY = new Object();

    private final int ipVersion;
    private final int recordSize;
    private final Node root = new Node();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final Map<Object, Integer> offsets = new HashMap<>();
    private String type = "Test";

    MmdbWriter(int ipVersion, int recordSize) {
        this.ipVersion = ipVersion;
        this.recordSize = recordSize;
    }

    MmdbWriter called(String databaseType) {
        type = databaseType;
        return this;
    }

    MmdbWriter put(String network, Object record) {
        int offset =
                offsets.computeIfAbsent(
                        record,
                        _ -> {
                            int at = data.size();
                            write(data, record);
                            return at;
                        });
        hang(network, offset);
        return this;
    }

    /// The left side of `alias` becomes the very node at ::/96, as MaxMind aliases 2002::/16.
    MmdbWriter alias(String alias) {
        Object ipv4 = root;
        for (int i = 0; i < 96; i++) ipv4 = ((Node) ipv4).left;
        hang(alias, ipv4);
        return this;
    }

    private void hang(String text, Object leaf) {
        Network network = Network.of(text);
        byte[] address = network.address().getAddress();
        int zeros = ipVersion == 6 && address.length == 4 ? 96 : 0;
        Node node = root;
        int length = network.prefixLength() + zeros;
        for (int depth = 0; depth < length; depth++) {
            int bit = depth < zeros ? -1 : depth - zeros;
            boolean one = bit >= 0 && (address[bit / 8] >> (7 - bit % 8) & 1) == 1;
            Object next = depth == length - 1 ? leaf : deeper(one ? node.right : node.left);
            if (one) node.right = next;
            else node.left = next;
            if (next instanceof Node deeper) node = deeper;
        }
    }

    private static Object deeper(Object child) {
        if (child instanceof Node) return child;
        var node = new Node();
        node.left = child;
        node.right = child;
        return node;
    }

    Path write(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        List<Node> nodes = new ArrayList<>();
        Map<Node, Integer> numbers = new HashMap<>();
        number(root, nodes, numbers);
        var out = new ByteArrayOutputStream();
        for (Node node : nodes) {
            long left = pointer(node.left, numbers, nodes.size());
            long right = pointer(node.right, numbers, nodes.size());
            out.writeBytes(node(left, right));
        }
        out.writeBytes(new byte[16]);
        out.writeBytes(data.toByteArray());
        out.writeBytes(MARKER);
        write(out, metadata(nodes.size()));
        return out.toByteArray();
    }

    private static void number(Node node, List<Node> nodes, Map<Node, Integer> numbers) {
        if (numbers.putIfAbsent(node, nodes.size()) != null) return;
        nodes.add(node);
        if (node.left instanceof Node left) number(left, nodes, numbers);
        if (node.right instanceof Node right) number(right, nodes, numbers);
    }

    private static long pointer(Object child, Map<Node, Integer> numbers, int nodeCount) {
        if (child instanceof Node node) return numbers.getOrDefault(node, 0);
        return child instanceof Integer offset ? nodeCount + 16L + offset : nodeCount;
    }

    private byte[] node(long left, long right) {
        ByteBuffer out = ByteBuffer.allocate(recordSize / 4);
        switch (recordSize) {
            case 24 -> three(three(out, left), right);
            case 28 ->
                    three(
                            three(out, left)
                                    .put((byte) (((left >> 24) << 4) | ((right >> 24) & 0x0F))),
                            right);
            default -> out.putInt((int) left).putInt((int) right);
        }
        return out.array();
    }

    private static ByteBuffer three(ByteBuffer out, long value) {
        return out.put((byte) (value >> 16)).put((byte) (value >> 8)).put((byte) value);
    }

    private Map<String, Object> metadata(int nodeCount) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("binary_format_major_version", 2);
        metadata.put("binary_format_minor_version", 0);
        metadata.put("build_epoch", 1_700_000_000);
        metadata.put("database_type", type);
        metadata.put("description", Map.of());
        metadata.put("ip_version", ipVersion);
        metadata.put("languages", List.of());
        metadata.put("node_count", nodeCount);
        metadata.put("record_size", recordSize);
        return metadata;
    }

    private static void write(ByteArrayOutputStream out, Object value) {
        switch (value) {
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                control(out, 2, bytes.length);
                out.writeBytes(bytes);
            }
            case Double number -> {
                control(out, 3, 8);
                out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
            }
            case Integer number -> {
                control(out, 6, 4);
                out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
            }
            case Map<?, ?> map -> {
                control(out, 7, map.size());
                map.forEach(
                        (key, inner) -> {
                            write(out, key);
                            write(out, inner);
                        });
            }
            case List<?> list -> {
                control(out, 11, list.size());
                list.forEach(inner -> write(out, inner));
            }
            case Boolean bool -> control(out, 14, bool ? 1 : 0);
            case Float number -> {
                control(out, 15, 4);
                out.writeBytes(ByteBuffer.allocate(4).putFloat(number).array());
            }
            default -> throw new IllegalArgumentException("cannot write " + value);
        }
    }

    private static void control(ByteArrayOutputStream out, int type, int size) {
        int shown = Math.min(size, 29);
        out.write((type > 7 ? 0 : type << 5) | shown);
        if (type > 7) out.write(type - 7);
        if (size >= 29) out.write(size - 29);
    }
}
