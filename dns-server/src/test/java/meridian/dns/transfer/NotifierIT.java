package meridian.dns.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import meridian.dns.tsig.TsigKeys;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.signing.TsigKey;
import meridian.topology.ZoneTransfer.Notified;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;

/// News of zones, over real sockets.
class NotifierIT {

    private static final byte[] SECRET = "0123456789abcdef".getBytes(US_ASCII);
    private static final DomainName KEY = DomainName.of("secondary");
    private static final TsigKeys KEYS =
            new TsigKeys(List.of(new TsigKey(KEY, TsigKey.Algorithm.HMAC_SHA256, SECRET)));

    private final Notifier notifier =
            new Notifier(
                    InstantSource.system(),
                    List.of(Duration.ofMillis(50), Duration.ofSeconds(60), Duration.ofSeconds(60)));
    private final DatagramSocket secondary = secondary();

    private static DatagramSocket secondary() {
        try {
            var socket =
                    new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.setSoTimeout(20_000);
            return socket;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        notifier.close();
        secondary.close();
    }

    @Test
    void whoDoesNotAnswerIsToldAgain() throws IOException {
        tell(7, Optional.empty());
        assertThat(serial(receive())).isEqualTo(7);
        DatagramPacket again = receive();
        assertThat(serial(again)).isEqualTo(7);
        Message told = message(again);
        assertThat(told.getHeader().getOpcode()).isEqualTo(Opcode.NOTIFY);
        assertThat(told.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(told.getQuestion().getName()).hasToString("example.com.");
        answer(again);
        tell(8, Optional.empty());
        assertThat(serial(receive())).as("after an answer there is nothing but news").isEqualTo(8);
        assertThat(notifier.unanswered()).isZero();
    }

    @Test
    void newsOfALaterVersionEndThoseOfAnEarlier() throws IOException {
        tell(7, Optional.empty());
        receive();
        receive();
        tell(8, Optional.empty());
        assertThat(serial(receive())).isEqualTo(8);
        assertThat(serial(receive())).isEqualTo(8);
    }

    @Test
    void theTellingIsSignedWithTheKeyOfWhomItIsFor() throws IOException {
        tell(7, Optional.of(KEY));
        Message told = message(receive());
        var tsig = new TSIG(TSIG.HMAC_SHA256, Name.fromString("secondary."), SECRET);
        assertThat(tsig.verify(told, told.toWire(), null)).isZero();
    }

    @Test
    @Timeout(20)
    void whoRefusesIsNotToldAgainAndCounted() throws IOException {
        tell(7, Optional.empty());
        answer(receive(), Rcode.REFUSED);
        awaitOneUnanswered(notifier);
        tell(8, Optional.empty());
        assertThat(serial(receive())).isEqualTo(8);
    }

    /// Each telling is signed anew, at a time that is asked for. Nothing can be sent to port 0.
    @Test
    @Timeout(20)
    void whereNoWayLeadsIsTriedAsOftenAsAnyOther() {
        var tellings = new AtomicInteger();
        InstantSource clock =
                () -> {
                    tellings.incrementAndGet();
                    return Instant.EPOCH;
                };
        try (var other = new Notifier(clock, Collections.nCopies(3, Duration.ofMillis(1)))) {
            var nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            other.tell(
                    soa(7),
                    List.of(new Notified(nowhere, Optional.of(KEY), Optional.empty())),
                    KEYS);
            awaitOneUnanswered(other);
        }
        assertThat(tellings).hasValue(3);
    }

    @Test
    void theNewsComeFromTheAddressThatIsAskedFor() throws IOException {
        var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), secondary.getLocalPort());
        InetAddress from = InetAddress.ofLiteral("127.0.0.9");
        notifier.tell(soa(7), List.of(new Notified(to, Optional.empty(), Optional.of(from))), KEYS);
        DatagramPacket news = receive();
        assertThat(news.getAddress()).isEqualTo(from);
        answer(news);
    }

    private static void awaitOneUnanswered(Notifier notifier) {
        while (notifier.unanswered() == 0 && !Thread.currentThread().isInterrupted())
            Thread.onSpinWait();
        assertThat(notifier.unanswered()).isOne();
    }

    private void tell(int serial, Optional<DomainName> key) {
        var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), secondary.getLocalPort());
        notifier.tell(soa(serial), List.of(new Notified(to, key, Optional.empty())), KEYS);
    }

    private static RRset soa(int serial) {
        byte[] rdata = ByteBuffer.allocate(22).putInt(2, serial).array();
        return new RRset(DomainName.of("example.com"), RecordType.SOA, 5, List.of(rdata));
    }

    private DatagramPacket receive() throws IOException {
        var packet = new DatagramPacket(new byte[2000], 2000);
        secondary.receive(packet);
        return packet;
    }

    private static Message message(DatagramPacket packet) throws IOException {
        return new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    private static long serial(DatagramPacket packet) throws IOException {
        return ((SOARecord) message(packet).getSection(Section.ANSWER).getFirst()).getSerial();
    }

    private void answer(DatagramPacket told) throws IOException {
        answer(told, Rcode.NOERROR);
    }

    private void answer(DatagramPacket told, int rcode) throws IOException {
        byte[] response = Arrays.copyOf(told.getData(), 12);
        response[2] |= (byte) 0x80;
        response[3] |= (byte) rcode;
        Arrays.fill(response, 4, 12, (byte) 0);
        secondary.send(new DatagramPacket(response, 12, told.getSocketAddress()));
    }
}
