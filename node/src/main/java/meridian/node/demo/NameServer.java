package meridian.node.demo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// One of the three, asked over UDP as a resolver asks it.
record NameServer(Place place, InetSocketAddress address) {

    private static final Name SHOP = Name.fromConstantString("shop.example.test.");
    private static final int PATIENCE_MILLIS = 1000;
    private static final int PAYLOAD = 1232;

    /// One query with the client's network, and what came back.
    ///
    /// @throws IOException if this machine has no socket for it
    Answer ask(Client client) throws IOException {
        Message query = query(client);
        try (var socket = new DatagramSocket()) {
            socket.connect(address);
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] octets = query.toWire();
            socket.send(new DatagramPacket(octets, octets.length));
            return answer(receive(socket));
        } catch (SocketTimeoutException | PortUnreachableException _) {
            return new Answer.Silence();
        }
    }

    private static Message query(Client client) throws IOException {
        var subnet =
                new ClientSubnetOption(Client.PREFIX, Inet4Address.getByName(client.network()));
        Message query = Message.newQuery(Record.newRecord(SHOP, Type.A, DClass.IN));
        query.addRecord(new OPTRecord(PAYLOAD, 0, 0, 0, List.of(subnet)), Section.ADDITIONAL);
        return query;
    }

    /// The socket is connected and asks once, so whatever it hears is the response.
    private static Message receive(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[PAYLOAD], PAYLOAD);
        socket.receive(packet);
        return new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    private static Answer answer(Message response) {
        if (response.getRcode() != Rcode.NOERROR)
            return new Answer.Without(Rcode.string(response.getRcode()));
        return new Answer.Addresses(
                response.getSection(Section.ANSWER).stream()
                        .filter(ARecord.class::isInstance)
                        .map(record -> ((ARecord) record).getAddress().getHostAddress())
                        .toList());
    }
}
