package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Real datagrams.
class UdpTransportIT {

    @Test
    void manyQueriesAtOnceAreAllAnswered() throws IOException {
        try (var served = Served.patient();
                var client = client(served)) {
            var open = new BitSet();
            for (int id = 0; id < 100; id++) {
                send(client, Served.query(id));
                open.set(id);
            }
            while (!open.isEmpty()) open.clear(receive(client).getHeader().getID());
            assertThat(open.isEmpty()).isTrue();
        }
    }

    @Test
    void whatDoesNotFitIsTruncated() throws IOException {
        try (var served = Served.patient();
                var client = client(served)) {
            send(client, Served.query(7, "big.example.com.", Type.TXT));
            Message response = receive(client);
            assertThat(response.getHeader().getFlag(Flags.TC)).isTrue();
            assertThat(response.getSection(Section.ANSWER)).isEmpty();
        }
    }

    @Test
    void whatIsNoQueryGetsNothingAndDisturbsNobody() throws IOException {
        try (var served = Served.patient();
                var client = client(served)) {
            byte[] response = Served.query(1);
            response[2] |= (byte) 0x80;
            send(client, response);
            send(client, new byte[0]);
            send(client, new byte[11]);
            send(client, Served.query(2));
            assertThat(receive(client).getHeader().getID()).isEqualTo(2);
        }
    }

    @Test
    void anAddressInUseIsNamedInTheErrorThoughThePortCouldBeShared() throws IOException {
        try (var served = Served.patient();
                var loops = EventLoops.of(1)) {
            InetSocketAddress address = served.udpAddress();
            assertThatThrownBy(() -> served.listen(address, loops))
                    .isInstanceOf(ListenException.class)
                    .hasMessage(
                            "cannot listen on 127.0.0.1:%1$d/udp: another process uses it already; `ss -lunp sport = :%1$d` shows which",
                            address.getPort());
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamedInTheError() throws IOException {
        try (var served = Served.patient();
                var loops = EventLoops.of(1)) {
            var address = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5300);
            assertThatThrownBy(() -> served.listen(address, loops))
                    .hasMessage(
                            "cannot listen on 192.0.2.1:5300/udp: no interface of this machine has this address");
        }
    }

    private static DatagramSocket client(Served served) throws IOException {
        var client = new DatagramSocket();
        client.connect(served.udpAddress());
        client.setSoTimeout(10_000);
        return client;
    }

    private static void send(DatagramSocket client, byte[] query) throws IOException {
        client.send(new DatagramPacket(query, query.length));
    }

    private static Message receive(DatagramSocket client) throws IOException {
        var packet = new DatagramPacket(new byte[0xffff], 0xffff);
        client.receive(packet);
        return new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
    }
}
