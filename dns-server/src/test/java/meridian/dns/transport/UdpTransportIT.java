package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import meridian.dns.ResolverAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Real datagrams, by each way there is.
@ParameterizedClass
@EnumSource
class UdpTransportIT {

    private static final byte DEFECT = 99;

    private final UdpTransport.Way way;

    UdpTransportIT(UdpTransport.Way way) {
        this.way = way;
    }

    @Test
    void manyQueriesAtOnceAreAllAnswered() throws IOException {
        try (var served = Served.patient(way);
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
        try (var served = Served.patient(way);
                var client = client(served)) {
            send(client, Served.query(7, "big.example.com.", Type.TXT));
            Message response = receive(client);
            assertThat(response.getHeader().getFlag(Flags.TC)).isTrue();
            assertThat(response.getSection(Section.ANSWER)).isEmpty();
        }
    }

    @Test
    void whatIsNoQueryGetsNothingAndDisturbsNobody() throws IOException {
        try (var served = Served.patient(way);
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

    /// A connected socket of the JDK sends no empty datagrams.
    @Test
    void anEmptyDatagramGetsNothingAndDisturbsNobody() throws IOException {
        try (var served = Served.patient(way);
                var client = new DatagramSocket()) {
            client.setSoTimeout(10_000);
            client.send(new DatagramPacket(new byte[0], 0, served.udpAddress()));
            byte[] query = Served.query(4);
            client.send(new DatagramPacket(query, query.length, served.udpAddress()));
            assertThat(receive(client).getHeader().getID()).isEqualTo(4);
            assertThat(served.responder.counts().ignored()).isEqualTo(1);
        }
    }

    @Test
    void whatIsLongerThanAnyQueryIsMalformed() throws IOException {
        try (var served = Served.patient(way);
                var client = client(served)) {
            send(client, Arrays.copyOf(Served.query(3), 3000));
            assertThat(receive(client).getRcode()).isEqualTo(Rcode.FORMERR);
        }
    }

    @Test
    void aDefectCostsOneDatagramAndIsCounted() throws IOException {
        try (var loops = EventLoops.of(1);
                var udp = UdpTransport.open(Served.ANY_PORT, way, () -> this::answer, 512, loops);
                var client = client(udp.addresses().getFirst())) {
            send(client, new byte[] {DEFECT});
            send(client, new byte[] {1, 2, 3});
            var packet = new DatagramPacket(new byte[512], 512);
            client.receive(packet);
            assertThat(packet.getLength()).isEqualTo(3);
            assertThat(udp.counts().defects()).isEqualTo(1);
        }
    }

    private int answer(ByteBuffer query, ResolverAddress from, ByteBuffer out) {
        if (query.get(query.position()) == DEFECT) throw new IllegalStateException("a defect");
        int length = query.remaining();
        out.put(query);
        return length;
    }

    @Test
    void anAddressInUseIsNamedInTheErrorThoughThePortCouldBeShared() throws IOException {
        try (var served = Served.patient(way);
                var loops = EventLoops.of(1)) {
            InetSocketAddress address = served.udpAddress();
            assertThatThrownBy(() -> served.listen(address, way, loops))
                    .isInstanceOf(ListenException.class)
                    .hasMessage(
                            "cannot listen on 127.0.0.1:%1$d/udp: another process uses it already; `ss -lunp sport = :%1$d` shows which",
                            address.getPort());
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamedInTheError() throws IOException {
        try (var served = Served.patient(way);
                var loops = EventLoops.of(1)) {
            var address = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 5300);
            assertThatThrownBy(() -> served.listen(address, way, loops))
                    .hasMessage(
                            "cannot listen on 192.0.2.1:5300/udp: no interface of this machine has this address");
        }
    }

    private static DatagramSocket client(Served served) throws IOException {
        return client(served.udpAddress());
    }

    private static DatagramSocket client(InetSocketAddress server) throws IOException {
        var client = new DatagramSocket();
        client.connect(server);
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
