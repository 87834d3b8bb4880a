package meridian.simulation;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import meridian.record.DomainName;

/// Queries for A records as octets, and what a resolver would read in the responses; by RFC 1035
/// §4.1, and by no code of the server's.
final class Dig {

    static final int NOERROR = 0;

    private static final int TYPE_A = 1;
    private static final int CLASS_IN = 1;
    private static final int HEADER = 12;
    private static final int POINTER = 0xc0;

    private Dig() {}

    /// @param rcode of the header; 0 is NOERROR
    record Reply(int rcode, List<InetAddress> addresses) {}

    static ByteBuffer query(DomainName name) {
        byte[] wire = name.toWire();
        return ByteBuffer.allocate(HEADER + wire.length + 4)
                .putShort((short) 1)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0)
                .put(wire)
                .putShort((short) TYPE_A)
                .putShort((short) CLASS_IN)
                .flip();
    }

    static Reply read(ByteBuffer response) {
        int flags = response.getShort(2);
        int answers = response.getShort(6);
        response.position(HEADER);
        skipName(response);
        response.position(response.position() + 4);
        var addresses = new ArrayList<InetAddress>();
        for (int i = 0; i < answers; i++) readRecord(response, addresses);
        return new Reply(flags & 0xf, List.copyOf(addresses));
    }

    private static void readRecord(ByteBuffer response, List<InetAddress> addresses) {
        skipName(response);
        int type = response.getShort();
        response.position(response.position() + 6);
        byte[] rdata = new byte[response.getShort()];
        response.get(rdata);
        if (type == TYPE_A) addresses.add(address(rdata));
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

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an A record has 4 octets", e);
        }
    }
}
