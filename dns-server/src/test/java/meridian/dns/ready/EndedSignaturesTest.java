package meridian.dns.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import meridian.dns.Explanations;
import meridian.dns.ResolverAddress;
import meridian.dns.Responder;
import meridian.dns.ServerCookies;
import meridian.dns.Snapshot;
import meridian.dns.Told;
import meridian.dns.Transport;
import meridian.dns.signed.TestSigning;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Should the renewal of signatures fail for so long that they end.
class EndedSignaturesTest {

    private static final InetSocketAddress RESOLVER =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 5353);

    private final Snapshot snapshot =
            RandomFleet.snapshotWithAddresses(TestSigning.of("example.com"));
    private Instant now = TestSigning.NOON;
    private final InstantSource clock = () -> now;
    private final ServerCookies cookies = ServerCookies.of(new byte[16], clock);
    private final Responder responder =
            new Responder(
                    () -> snapshot,
                    () -> 0,
                    Responder.Limits.DEFAULT,
                    cookies,
                    new Told(Optional.empty(), Optional.empty(), Explanations.NONE),
                    clock);
    private final FastPath path = new FastPath(() -> snapshot, responder, () -> 0);

    @Test
    void whoAsksForThemGetsServfailAndTheReason() throws IOException {
        for (String name : List.of("s1", "ns1", "nowhere")) {
            assertThat(answered(name, true).getRcode()).as(name).isNotEqualTo(Rcode.SERVFAIL);
            assertThat(responder.counts().fast()).as(name).isPositive();
        }
        now = now.plus(Duration.ofDays(60));
        for (String name : List.of("s1", "ns1", "nowhere")) {
            Message response = answered(name, true);
            assertThat(response.getRcode()).as(name).isEqualTo(Rcode.SERVFAIL);
            EDNSOption why = response.getOPT().getOptions().getFirst();
            assertThat(((ExtendedErrorCodeOption) why).getErrorCode())
                    .isEqualTo(ExtendedErrorCodeOption.SIGNATURE_EXPIRED);
        }
    }

    @Test
    void whoDoesNotIsAnsweredOn() throws IOException {
        now = now.plus(Duration.ofDays(60));
        assertThat(answered("s1", false).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answered("nowhere", false).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    /// By the fast path, and the same by TCP.
    private Message answered(String name, boolean dnssecOk) throws IOException {
        var question = Record.newRecord(Name.fromString(name + ".example.com."), Type.A, DClass.IN);
        Message query = Message.newQuery(question);
        if (dnssecOk)
            query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        var from = new ResolverAddress();
        from.set(RESOLVER);
        ByteBuffer udp = ByteBuffer.allocate(1232);
        ByteBuffer tcp = ByteBuffer.allocate(0xffff);
        path.answer(ByteBuffer.wrap(query.toWire()), from, udp);
        responder.respond(ByteBuffer.wrap(query.toWire()), RESOLVER, Transport.TCP, tcp);
        Message response = new Message(Arrays.copyOf(udp.array(), udp.position()));
        assertThat(new Message(Arrays.copyOf(tcp.array(), tcp.position())).getRcode())
                .isEqualTo(response.getRcode());
        assertThat(response.getSection(Section.QUESTION)).containsExactly(question);
        return response;
    }
}
