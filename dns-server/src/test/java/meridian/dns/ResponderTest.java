package meridian.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meridian.dns.wire.ClientSubnet;
import meridian.dns.wire.Nsid;
import meridian.dns.wire.Rcode;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.record.RRset;
import meridian.record.RecordType;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What the golden files cannot show: what the steering is told, and what is counted.
class ResponderTest {

    private static final InetSocketAddress RESOLVER =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.200"), 5353);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final ServerCookies COOKIES = ServerCookies.of(new byte[16], CLOCK);

    private record Asked(SteeredName name, RecordType type, Client client, long draw) {}

    private final List<Asked> asked = new ArrayList<>();
    private final ByteBuffer out = ByteBuffer.allocate(0xffff);

    @Test
    void theSteeringIsToldTheNameTheClientAndTheDraw() throws IOException {
        Responder responder = responder(this::nothing);
        respond(responder, "shop.example.com.", Type.A, Optional.of("198.51.100.0/24"));
        var subnet =
                new ClientSubnet(ClientSubnet.IPV4, new byte[] {(byte) 198, 51, 100, 0}, 24, 0);
        assertThat(asked)
                .singleElement()
                .satisfies(
                        one -> {
                            assertThat(one.name().index()).isEqualTo(0);
                            assertThat(one.type()).isEqualTo(RecordType.A);
                            assertThat(one.client())
                                    .isEqualTo(
                                            new Client(RESOLVER.getAddress(), Optional.of(subnet)));
                            assertThat(one.draw()).isEqualTo(42);
                        });
    }

    @Test
    void withoutASubnetTheClientIsTheResolver() throws IOException {
        respond(responder(this::nothing), "shop.example.com.", Type.A, Optional.empty());
        assertThat(asked)
                .extracting(Asked::client)
                .containsExactly(new Client(RESOLVER.getAddress(), Optional.empty()));
    }

    @Test
    void aDefectIsServfailAndCounted() throws IOException {
        Responder responder =
                responder(
                        (_, _, _, _) -> {
                            throw new IllegalStateException("a defect, for this test");
                        });
        Message response =
                respond(responder, "shop.example.com.", Type.A, Optional.of("198.51.100.0/24"));
        assertThat(response.getRcode()).isEqualTo(org.xbill.DNS.Rcode.SERVFAIL);
        assertThat(response.getOPT()).isNotNull();
        assertThat(responder.counts().defects()).isEqualTo(1);
    }

    @Test
    void aScopeThatNoAddressHasIsADefectToo() throws IOException {
        Responder responder =
                responder((_, _, _, _) -> new SteeredAnswers.Choice(Optional.empty(), 33));
        Message response =
                respond(responder, "shop.example.com.", Type.A, Optional.of("198.51.100.0/24"));
        assertThat(response.getRcode()).isEqualTo(org.xbill.DNS.Rcode.SERVFAIL);
        assertThat(responder.counts().responses(Transport.UDP, Rcode.SERVFAIL)).isEqualTo(1);
    }

    @Test
    void responsesAreCountedByTransportAndRcode() throws IOException {
        Responder responder = responder(this::nothing);
        respond(responder, "www.example.com.", Type.A, Optional.empty());
        respond(responder, "nothere.example.com.", Type.A, Optional.empty());
        respond(responder, "big.example.com.", Type.TXT, Optional.empty());
        responder.respond(ByteBuffer.allocate(11), RESOLVER, Transport.TCP, out.clear());
        ResponderCounters.Counts counts = responder.counts();
        assertThat(counts.responses(Transport.UDP, Rcode.NOERROR)).isEqualTo(2);
        assertThat(counts.responses(Transport.UDP, Rcode.NXDOMAIN)).isEqualTo(1);
        assertThat(counts.responses(Transport.UDP, Rcode.REFUSED)).isZero();
        assertThat(counts.responses(Transport.TCP, Rcode.NOERROR)).isZero();
        assertThat(counts.truncated()).isEqualTo(1);
        assertThat(counts.ignored()).isEqualTo(1);
    }

    @Test
    void aPayloadSizeThatNobodyCouldUseIsRefused() {
        assertThatThrownBy(() -> new Responder.Limits(511, Duration.ofSeconds(10)))
                .hasMessage("the UDP payload size is 511; 512 to 65535 is accepted");
    }

    @Test
    void whatItIsNotToSayOfItselfIsRefusedAndNoOptionOfItIsThere() throws IOException {
        for (String name : List.of("id.server.", "version.bind.", "_explain.shop.example.com.")) {
            var message = new Message();
            message.addRecord(
                    Record.newRecord(Name.fromString(name), Type.TXT, DClass.CH), Section.QUESTION);
            var nsid = new GenericEDNSOption(Nsid.CODE, new byte[0]);
            message.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(nsid)), Section.ADDITIONAL);
            out.clear();
            responder(this::nothing)
                    .respond(ByteBuffer.wrap(message.toWire()), RESOLVER, Transport.UDP, out);
            Message response = response();
            assertThat(response.getRcode()).isEqualTo(org.xbill.DNS.Rcode.REFUSED);
            assertThat(response.getOPT().getOptions())
                    .containsExactly(
                            new ExtendedErrorCodeOption(ExtendedErrorCodeOption.PROHIBITED));
        }
    }

    @Test
    void theResponseBeginsWhereTheBufferStands() throws IOException {
        Responder responder = responder(this::nothing);
        out.clear().position(2);
        responder.respond(
                query("www.example.com.", Type.A, Optional.empty()), RESOLVER, Transport.TCP, out);
        byte[] response = new byte[out.position() - 2];
        out.get(2, response);
        assertThat(new Message(response).getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void datagramsGetTheSameResponsesWhereverTheBufferStands() throws IOException {
        Responder responder = responder(this::nothing);
        var from = new ResolverAddress();
        from.set(RESOLVER);
        out.clear().position(2);
        UdpAnswers answers = responder.udpAnswers();
        int length =
                answers.answer(query("shop.example.com.", Type.A, Optional.empty()), from, out);
        byte[] response = new byte[length];
        out.get(2, response);
        assertThat(new Message(response).getRcode()).isEqualTo(org.xbill.DNS.Rcode.NOERROR);
        assertThat(asked.getFirst().client().resolver()).isEqualTo(RESOLVER.getAddress());
        assertThat(responder.counts().responses(Transport.UDP, Rcode.NOERROR)).isEqualTo(1);
        assertThat(answers.answer(ByteBuffer.allocate(11), from, out)).isZero();
    }

    private SteeredAnswers.Choice nothing(
            SteeredName name, RecordType type, Client client, long draw) {
        asked.add(new Asked(name, type, client, draw));
        return new SteeredAnswers.Choice(Optional.<RRset>empty(), 0);
    }

    private static Responder responder(SteeredAnswers steered) {
        var snapshot = snapshot(steered);
        return new Responder(
                () -> snapshot, () -> 42, Responder.Limits.DEFAULT, COOKIES, Told.NOTHING, CLOCK);
    }

    private static Snapshot snapshot(SteeredAnswers steered) {
        var contents =
                ZoneText.parse(
                        "example.com",
                        """
                        @   3600 IN SOA ns1 hostmaster 1 3600 900 604800 300
                        @   3600 IN NS  ns1
                        ns1 3600 IN A   192.0.2.53
                        www  300 IN A   192.0.2.1
                        big  300 IN TXT "%1$s" "%1$s" "%1$s"
                        """
                                .formatted("x".repeat(200)));
        var names =
                StaticSteeredAnswers.parse(List.of("shop.example.com A 20 192.0.2.10 scope 24"))
                        .names();
        return new Snapshot(new Zones(List.of(Zone.of(contents, names))), steered);
    }

    private Message respond(Responder responder, String name, int type, Optional<String> subnet)
            throws IOException {
        out.clear();
        responder.respond(query(name, type, subnet), RESOLVER, Transport.UDP, out);
        return response();
    }

    private Message response() throws IOException {
        byte[] response = new byte[out.flip().remaining()];
        out.get(response);
        return new Message(response);
    }

    private static ByteBuffer query(String name, int type, Optional<String> subnet)
            throws IOException {
        var message = new Message();
        message.addRecord(
                Record.newRecord(Name.fromString(name), type, DClass.IN), Section.QUESTION);
        if (subnet.isPresent()) {
            String[] parts = subnet.get().split("/", -1);
            var option =
                    new ClientSubnetOption(
                            Integer.parseInt(parts[1]), InetAddress.ofLiteral(parts[0]));
            message.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(option)), Section.ADDITIONAL);
        }
        return ByteBuffer.wrap(message.toWire());
    }
}
