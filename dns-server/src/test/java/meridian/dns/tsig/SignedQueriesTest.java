package meridian.dns.tsig;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import meridian.dns.Responder;
import meridian.dns.Secondaries;
import meridian.dns.ServerCookies;
import meridian.dns.Snapshot;
import meridian.dns.SteeredAnswers;
import meridian.dns.Told;
import meridian.dns.Transfers;
import meridian.dns.Transport;
import meridian.dns.ZoneText;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.signing.TsigKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;

/// Signed queries, as another implementation signs them, and judges the responses.
class SignedQueriesTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
    private static final InetSocketAddress SOMEONE =
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.99"), 5353);

    private final Responder responder = responder(TsigKey.Algorithm.HMAC_SHA256);

    private static Responder responder(TsigKey.Algorithm algorithm) {
        var contents =
                ZoneText.parse(
                        "example.com",
                        """
                        @    3600 IN SOA ns1 hostmaster 1 3600 900 604800 300
                        @    3600 IN NS  ns1
                        ns1  3600 IN A   192.0.2.53
                        long 3600 IN TXT "%s" "%s"
                        """
                                .formatted("x".repeat(250), "y".repeat(200)));
        var snapshot =
                new Snapshot(
                        new Zones(List.of(Zone.of(contents, List.of()))),
                        (_, _, _, _) -> new SteeredAnswers.Choice(Optional.empty(), 0));
        var key = new TsigKey(DomainName.of("key.example"), algorithm, SECRET);
        var secondaries = new Secondaries(new TsigKeys(List.of(key)), Transfers.NONE);
        var clock = InstantSource.fixed(NOON);
        return new Responder(
                () -> snapshot,
                () -> 0,
                Responder.Limits.DEFAULT,
                ServerCookies.of(new byte[16], clock),
                Told.NOTHING,
                clock,
                () -> secondaries);
    }

    @ParameterizedTest
    @EnumSource
    void aSignedQueryGetsASignedResponse(TsigKey.Algorithm algorithm) throws IOException {
        TSIG tsig = tsig("key.example.", algorithm, SECRET, NOON);
        byte[] query = signed(query("ns1.example.com."), tsig);
        byte[] response = octets(responder(algorithm), query, Transport.UDP);
        assertThat(new Message(response).getSection(Section.ANSWER)).hasSize(1);
        assertVerifies(tsig, query, response);
    }

    @Test
    void theNameOfAKeyIsTheSameInCapitals() throws IOException {
        TSIG tsig = tsig("KEY.example.", TsigKey.Algorithm.HMAC_SHA256, SECRET, NOON);
        assertThat(ask(responder, signed(query("ns1.example.com."), tsig)).getRcode())
                .isEqualTo(Rcode.NOERROR);
    }

    /// RFC 8945 §5.2.1.
    @Test
    void anUnknownKeyIsBadkeyAndTheRefusalIsNotSigned() throws IOException {
        TSIG tsig = tsig("other.example.", TsigKey.Algorithm.HMAC_SHA256, SECRET, NOON);
        assertRefused(ask(responder, signed(query("ns1.example.com."), tsig)), 17, false);
    }

    @Test
    void aKeyWithAnotherAlgorithmIsBadkey() throws IOException {
        TSIG tsig = tsig("key.example.", TsigKey.Algorithm.HMAC_SHA512, SECRET, NOON);
        assertRefused(ask(responder, signed(query("ns1.example.com."), tsig)), 17, false);
    }

    /// RFC 8945 §5.2.2.
    @Test
    void anotherSecretIsBadsigAndTheRefusalIsNotSigned() throws IOException {
        byte[] other = "another secret of 32 octets here".getBytes(US_ASCII);
        TSIG tsig = tsig("key.example.", TsigKey.Algorithm.HMAC_SHA256, other, NOON);
        assertRefused(ask(responder, signed(query("ns1.example.com."), tsig)), 16, false);
    }

    @Test
    void aMessageThatWasChangedIsBadsig() throws IOException {
        TSIG tsig = tsig("key.example.", TsigKey.Algorithm.HMAC_SHA256, SECRET, NOON);
        byte[] query = signed(query("ns1.example.com."), tsig);
        query[13] = 'm';
        assertRefused(ask(responder, query), 16, false);
    }

    /// RFC 8945 §5.2.3.
    @Test
    void aTimeTooFarFromOursIsBadtimeWithOursAndTheRefusalIsSigned() throws IOException {
        Instant late = NOON.plusSeconds(301);
        TSIG tsig = tsig("key.example.", TsigKey.Algorithm.HMAC_SHA256, SECRET, late);
        byte[] query = signed(query("ns1.example.com."), tsig);
        Message response = ask(responder, query);
        assertRefused(response, 18, true);
        assertThat(response.getTSIG().getTimeSigned()).isEqualTo(late);
        assertThat(ByteBuffer.wrap(response.getTSIG().getOther()).getInt(2))
                .isEqualTo((int) NOON.getEpochSecond());
    }

    @Test
    void aClockThatIsFiveMinutesOffIsNone() throws IOException {
        Instant late = NOON.plusSeconds(300);
        TSIG tsig = tsig("key.example.", TsigKey.Algorithm.HMAC_SHA256, SECRET, late);
        assertThat(ask(responder, signed(query("ns1.example.com."), tsig)).getRcode())
                .isEqualTo(Rcode.NOERROR);
    }

    /// RFC 8945 §5.2.2.1: shorter than half of a code is malformed, and half is not enough for us.
    @Test
    void aPartOfACodeIsBadtruncOrMalformed() throws IOException {
        TSIG tsig = tsig("key.example.", TsigKey.Algorithm.HMAC_SHA256, SECRET, NOON);
        var query = new Message(signed(query("ns1.example.com."), tsig));
        assertRefused(ask(responder, cut(query, 16)), 22, true);
        assertThat(ask(responder, cut(query, 15)).getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(ask(responder, cut(query, 33)).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    private static byte[] cut(Message signed, int octets) throws IOException {
        TSIGRecord tsig = signed.getTSIG();
        var cut = Message.newQuery(signed.getQuestion());
        cut.getHeader().setID(signed.getHeader().getID());
        cut.getHeader().unsetFlag(Flags.RD);
        cut.addRecord(
                new TSIGRecord(
                        tsig.getName(),
                        DClass.ANY,
                        0,
                        tsig.getAlgorithm(),
                        tsig.getTimeSigned(),
                        tsig.getFudge(),
                        Arrays.copyOf(tsig.getSignature(), octets),
                        tsig.getOriginalID(),
                        0,
                        null),
                Section.ADDITIONAL);
        return cut.toWire();
    }

    @Test
    void aRecordBehindTheSignatureIsMalformed() throws IOException {
        TSIG tsig = tsig("key.example.", TsigKey.Algorithm.HMAC_SHA256, SECRET, NOON);
        byte[] signed = signed(query("ns1.example.com."), tsig);
        byte[] opt = {0, 0, 41, 4, (byte) 208, 0, 0, 0, 0, 0, 0};
        byte[] query = ByteBuffer.allocate(signed.length + 11).put(signed).put(opt).array();
        query[11]++;
        assertThat(ask(responder, query).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void whatDoesNotFitBesideTheSignatureSetsTc() throws IOException {
        TSIG tsig = tsig("key.example.", TsigKey.Algorithm.HMAC_SHA256, SECRET, NOON);
        Name name = Name.fromString("long.example.com.");
        byte[] query = signed(Message.newQuery(Record.newRecord(name, Type.TXT, DClass.IN)), tsig);
        byte[] response = octets(responder, query, Transport.UDP);
        assertThat(new Message(response).getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(response.length).isLessThanOrEqualTo(512);
        assertVerifies(tsig, query, response);
        byte[] byTcp = octets(responder, query, Transport.TCP);
        assertThat(new Message(byTcp).getSection(Section.ANSWER)).hasSize(1);
    }

    private static void assertRefused(Message response, int error, boolean isSigned) {
        assertThat(response.getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(response.getSection(Section.ANSWER)).isEmpty();
        TSIGRecord tsig = response.getTSIG();
        assertThat(tsig.getError()).isEqualTo(error);
        assertThat(tsig.getSignature().length > 0).isEqualTo(isSigned);
    }

    private static Message query(String name) throws IOException {
        Message query =
                Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
        query.getHeader().unsetFlag(Flags.RD);
        return query;
    }

    private static TSIG tsig(String key, TsigKey.Algorithm algorithm, byte[] secret, Instant time) {
        return new TSIG(
                Name.fromConstantString(algorithm.domainName().toString()),
                Name.fromConstantString(key),
                new SecretKeySpec(secret, "HMAC"),
                Clock.fixed(time, ZoneOffset.UTC));
    }

    private static byte[] signed(Message query, TSIG tsig) {
        query.setTSIG(tsig);
        return query.toWire(Message.MAXLENGTH);
    }

    private static Message ask(Responder responder, byte[] query) throws IOException {
        return new Message(octets(responder, query, Transport.UDP));
    }

    private static byte[] octets(Responder responder, byte[] query, Transport transport) {
        ByteBuffer out = ByteBuffer.allocate(Responder.PAYLOAD_SIZE);
        assertThat(responder.respond(ByteBuffer.wrap(query), SOMEONE, transport, out)).isTrue();
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void assertVerifies(TSIG tsig, byte[] query, byte[] response)
            throws IOException {
        var parsed = new Message(response);
        assertThat(tsig.verify(parsed, response, new Message(query).getTSIG())).isZero();
    }
}
