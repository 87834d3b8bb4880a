package meridian.simulation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import meridian.record.DomainName;
import meridian.record.RecordType;

/// Queries as octets, and what a resolver would read in the responses; by RFC 1035 §4.1, 2782 and
/// 9460 §2.2, and by no code of the server's.
final class Dig {

    static final int NOERROR = 0;

    private static final int CLASS_IN = 1;
    private static final int HEADER = 12;
    private static final int TRUNCATED = 2;
    private static final int POINTER = 0xc0;
    private static final int POINTED = 0x3fff;
    private static final int IPV4_HINT = 4;
    private static final int IPV6_HINT = 6;

    private Dig() {}

    /// A machine that an answer leads to.
    ///
    /// @param step the lower, the earlier a client tries it; 0 in records that have no order
    record Lead(int step, InetAddress machine) {}

    /// @param rcode of the header; 0 is NOERROR
    /// @param leads in the order of the records
    record Reply(int rcode, List<Lead> leads) {}

    /// The machines of each step, in the order in which a client tries them.
    static List<Set<InetAddress>> steps(List<Lead> leads) {
        return List.copyOf(
                leads.stream()
                        .sorted(Comparator.comparingInt(Lead::step))
                        .collect(
                                Collectors.groupingBy(
                                        Lead::step,
                                        TreeMap::new,
                                        Collectors.mapping(Lead::machine, Collectors.toSet())))
                        .values());
    }

    static ByteBuffer query(DomainName name, RecordType type) {
        byte[] wire = name.toWire();
        return ByteBuffer.allocate(HEADER + wire.length + 4)
                .putShort((short) 1)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0)
                .put(wire)
                .putShort((short) type.number())
                .putShort((short) CLASS_IN)
                .flip();
    }

    /// Whether the response says that it is not whole.
    static boolean isTruncated(ByteBuffer response) {
        return (response.get(2) & TRUNCATED) != 0;
    }

    static Reply read(ByteBuffer response) {
        int flags = response.getShort(2);
        int answers = response.getShort(6);
        response.position(HEADER);
        skipName(response);
        response.position(response.position() + 4);
        var leads = new ArrayList<Lead>();
        for (int i = 0; i < answers; i++) readRecord(response, leads);
        return new Reply(flags & 0xf, List.copyOf(leads));
    }

    private static void readRecord(ByteBuffer response, List<Lead> leads) {
        skipName(response);
        int type = response.getShort();
        response.position(response.position() + 6);
        int length = response.getShort();
        int begin = response.position();
        int end = begin + length;
        switch (type) {
            case 1, 28 -> leads.add(new Lead(0, address(response, begin, length))); // A, AAAA
            case 15 -> leads.add(new Lead(response.getShort(begin), host(response, begin + 2)));
            case 33 -> leads.add(new Lead(response.getShort(begin), host(response, begin + 6)));
            case 65 -> readHttps(response, begin, end, leads);
            default -> throw new IllegalStateException("nobody asked for type " + type);
        }
        response.position(end);
    }

    /// Where the target is the owner, its hints lead on.
    private static void readHttps(ByteBuffer response, int begin, int end, List<Lead> leads) {
        int priority = response.getShort(begin);
        if (response.get(begin + 2) != 0) {
            leads.add(new Lead(priority, host(response, begin + 2)));
            return;
        }
        for (int at = begin + 3; at < end; at += 4 + response.getShort(at + 2)) {
            int key = response.getShort(at);
            if (key != IPV4_HINT && key != IPV6_HINT) continue;
            int size = key == IPV4_HINT ? 4 : 16;
            for (int hint = 0; hint < response.getShort(at + 2); hint += size)
                leads.add(new Lead(priority, address(response, at + 4 + hint, size)));
        }
    }

    private static void skipName(ByteBuffer response) {
        for (int length = response.get() & 0xff; length != 0; length = response.get() & 0xff) {
            if (length >= POINTER) {
                response.get();
                return;
            }
            response.position(response.position() + length);
        }
    }

    private static InetAddress host(ByteBuffer response, int at) {
        int length = response.get(at) & 0xff;
        if (length >= POINTER) return host(response, response.getShort(at) & POINTED);
        byte[] label = new byte[length];
        response.get(at + 1, label);
        return Kind.behind(new String(label, StandardCharsets.US_ASCII));
    }

    private static InetAddress address(ByteBuffer response, int at, int length) {
        byte[] octets = new byte[length];
        response.get(at, octets);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 octets or 16", e);
        }
    }
}
