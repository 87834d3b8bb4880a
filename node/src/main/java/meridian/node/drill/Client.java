package meridian.node.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import meridian.topology.Network;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Someone who asks by way of a resolver that says where he is (ECS, RFC 7871).
final class Client {

    private static final int PREFIX = 24;
    private static final int PAYLOAD = 1232;

    private final String region;
    private final byte[] query;

    private Client(String region, byte[] query) {
        this.region = region;
        this.query = query;
    }

    /// @param region where he is sent while all is well
    /// @param network an IPv4 address; its first 24 bits are passed on
    static Client of(String region, String network, String name) throws IOException {
        byte[] address = Network.addressOf(network).getAddress();
        address[address.length - 1] = 0;
        var subnet = new ClientSubnetOption(PREFIX, InetAddress.getByAddress(address));
        Message query =
                Message.newQuery(
                        Record.newRecord(Name.fromString(name, Name.root), Type.A, DClass.IN));
        query.getHeader().setID(0);
        query.addRecord(new OPTRecord(PAYLOAD, 0, 0, 0, List.of(subnet)), Section.ADDITIONAL);
        return new Client(region, query.toWire());
    }

    String region() {
        return region;
    }

    /// Its octets, with this ID.
    ByteBuffer query(int id) {
        return ByteBuffer.wrap(query.clone()).putShort(0, (short) id);
    }
}
