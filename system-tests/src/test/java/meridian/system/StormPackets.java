package meridian.system;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// What nobody should send: noise, and queries that were good before they were mutated.
final class StormPackets {

    private static final int LONGEST = 4096;
    private static final int HEADER = 12;

    private final Random random;
    private final List<byte[]> good;

    /// @param names what the good ones ask for
    StormPackets(long seed, List<String> names) throws Exception {
        random = new Random(seed);
        good = new ArrayList<>();
        for (String name : names) {
            for (int type : new int[] {Type.A, Type.AAAA, Type.TXT, Type.ANY, Type.NS}) {
                good.add(query(name, type).toWire());
                good.add(withOptions(query(name, type)).toWire());
            }
        }
    }

    /// The queries that were good before any was mutated: of each kind one.
    List<byte[]> good() {
        return good.stream().map(byte[]::clone).toList();
    }

    static Message query(String name, int type) throws TextParseException {
        return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    }

    private static Message withOptions(Message query) throws Exception {
        var subnet = new ClientSubnetOption(24, InetAddress.getByName("203.0.113.0"));
        var cookie = new CookieOption(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(subnet, cookie)), Section.ADDITIONAL);
        return query;
    }

    /// Whether this response, which can be read, is one to that packet: it has its identifier, and
    /// its question octet by octet, or none.
    static boolean isAnswered(byte[] packet, byte[] response) {
        if (packet.length < HEADER || !Arrays.equals(packet, 0, 2, response, 0, 2)) return false;
        if (response[4] == 0 && response[5] == 0) return true;
        int end = HEADER;
        while (response[end] != 0) end += 1 + response[end];
        end += 1 + 4;
        return packet.length >= end && Arrays.equals(packet, HEADER, end, response, HEADER, end);
    }

    byte[] next() {
        return switch (random.nextInt(8)) {
            case 0 -> noise(random.nextInt(600));
            case 1 -> random.nextInt(50) == 0 ? noise(random.nextInt(LONGEST)) : header();
            case 2 -> cut(one());
            case 3 -> extended(one());
            case 4 -> spliced(one(), one());
            default -> flipped(one());
        };
    }

    private byte[] one() {
        return good.get(random.nextInt(good.size())).clone();
    }

    private byte[] noise(int length) {
        var octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    /// A header that reads as a query's, and noise after it.
    private byte[] header() {
        byte[] octets = noise(HEADER + random.nextInt(120));
        Arrays.fill(octets, 2, HEADER, (byte) 0);
        octets[5] = 1;
        octets[7] = (byte) random.nextInt(2);
        octets[11] = (byte) random.nextInt(3);
        return octets;
    }

    private byte[] cut(byte[] query) {
        return Arrays.copyOf(query, random.nextInt(query.length + 1));
    }

    private byte[] extended(byte[] query) {
        byte[] more = noise(random.nextInt(40));
        byte[] all = Arrays.copyOf(query, query.length + more.length);
        System.arraycopy(more, 0, all, query.length, more.length);
        return all;
    }

    private byte[] spliced(byte[] head, byte[] tail) {
        int from = random.nextInt(tail.length);
        byte[] all = Arrays.copyOf(head, random.nextInt(head.length) + tail.length - from);
        int kept = all.length - (tail.length - from);
        System.arraycopy(tail, from, all, kept, tail.length - from);
        return all;
    }

    private byte[] flipped(byte[] query) {
        for (int flips = 1 + random.nextInt(6); flips > 0; flips--) {
            int at = random.nextInt(query.length);
            query[at] =
                    random.nextBoolean()
                            ? (byte) (query[at] ^ (1 << random.nextInt(8)))
                            : (byte) random.nextInt(256);
        }
        return query;
    }
}
