package meridian.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// Random responses, written within random limits and read by somebody else's reader.
class ResponseWriterTest {

    private static final long SEED = 7;
    private static final List<String> LABELS = List.of("a", "www", "Mail", "example", "COM", "x-1");
    private static final List<RecordType> TYPES =
            List.of(
                    RecordType.A,
                    RecordType.NS,
                    RecordType.CNAME,
                    RecordType.PTR,
                    RecordType.MX,
                    RecordType.DNAME);

    private final Random random = new Random(SEED);

    @Test
    void whatIsWrittenReadsBackWithinItsLimit() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            Response response = response();
            int limit = 512 + random.nextInt(4096);
            ByteBuffer out = ByteBuffer.allocate(0xffff).position(random.nextInt(3));
            int start = out.position();
            boolean truncated = ResponseWriter.write(response, limit, out);
            byte[] octets = new byte[out.position() - start];
            out.get(start, octets);
            assertThat(octets.length).as("case %d of seed %d", i, SEED).isLessThanOrEqualTo(limit);
            check(
                    response,
                    truncated,
                    new Message(octets),
                    "case %d of seed %d".formatted(i, SEED));
        }
    }

    /// The buffer of a response still has octets of earlier ones behind what is written: a name
    /// must not be taken for its own beginning because those go on as it does.
    @Test
    void octetsOfEarlierResponsesAreNotRead() throws IOException {
        ByteBuffer out = ByteBuffer.allocate(0xffff);
        for (int i = 0; i < 20_000; i++) {
            var name = repeating(1 + random.nextInt(100));
            ResponseWriter.write(rejecting(name), 512, out.clear());
            byte[] wire = name.toWire();
            byte[] written = Arrays.copyOfRange(out.array(), Header.LENGTH, out.position());
            assertThat(Arrays.copyOf(written, wire.length))
                    .as("case %d of seed %d", i, SEED)
                    .isEqualTo(wire);
        }
    }

    /// An MX (RFC 1035) may be compressed, a DNAME or SRV may not (RFC 3597 §4).
    @Test
    void namesInDataAreCompressedWhereTheTypeIsOfRfc1035() {
        byte[] host = DomainName.of("www.example.com").toWire();
        int pointer = 2;
        assertThat(octetsOfData(RecordType.NS, host)).isEqualTo(pointer);
        assertThat(octetsOfData(RecordType.MX, behind(2, host))).isEqualTo(2 + pointer);
        assertThat(octetsOfData(RecordType.DNAME, host)).isEqualTo(host.length);
        assertThat(octetsOfData(RecordType.SRV, behind(6, host))).isEqualTo(6 + host.length);
    }

    private static byte[] behind(int octets, byte[] name) {
        return ByteBuffer.allocate(octets + name.length).position(octets).put(name).array();
    }

    /// Of a record whose owner is the name that its data have too.
    private static int octetsOfData(RecordType type, byte[] rdata) {
        var owner = DomainName.of("www.example.com");
        var rrset = new RRset(owner, type, 60, List.of(rdata));
        var answer =
                new Answer(Rcode.NOERROR, true, List.of(rrset), List.of(), List.of(), List.of(), 0);
        var question = new Question(owner, type, Question.IN);
        ByteBuffer out = ByteBuffer.allocate(512);
        ResponseWriter.write(
                new Response(new Header(1, 0), Optional.of(question), answer, Optional.empty()),
                512,
                out);
        int asked = Header.LENGTH + owner.wireLength() + 4;
        int beforeData = 2 + 10;
        return out.position() - asked - beforeData;
    }

    private DomainName repeating(int labels) {
        byte[] wire = new byte[2 * labels + 1];
        for (int i = 0; i < labels; i++) {
            wire[2 * i] = 1;
            wire[2 * i + 1] = (byte) random.nextInt(2);
        }
        return DomainName.ofWire(wire, 0, wire.length);
    }

    private static Response rejecting(DomainName name) {
        return Response.rejecting(
                new Header(1, 0),
                Optional.of(new Question(name, RecordType.A, Question.IN)),
                false,
                Answer.bare(Rcode.FORMERR),
                1232);
    }

    private static void check(Response response, boolean truncated, Message read, String name) {
        List<Record> answer = read.getSection(Section.ANSWER);
        List<String> owed = texts(response.answer().answer());
        assertThat(read.getHeader().getFlag(Flags.TC)).as(name).isEqualTo(truncated);
        assertThat(read.getOPT() != null).as(name).isEqualTo(response.opt().isPresent());
        assertThat(owed)
                .as(name)
                .startsWith(answer.stream().map(r -> text(r)).toArray(String[]::new));
        if (!truncated) assertThat(answer).as(name).hasSameSizeAs(owed);
    }

    private static String text(Record record) {
        return record.getName().toString().toLowerCase(Locale.ROOT)
                + " "
                + record.getType()
                + " "
                + record.getTTL()
                + " "
                + hex(record.rdataToWireCanonical());
    }

    private static List<String> texts(List<RRset> rrsets) {
        return rrsets.stream()
                .flatMap(
                        rrset ->
                                rrset.rdata().stream()
                                        .map(
                                                rdata ->
                                                        rrset.owner()
                                                                        .toString()
                                                                        .toLowerCase(Locale.ROOT)
                                                                + " "
                                                                + rrset.type().number()
                                                                + " "
                                                                + rrset.ttl()
                                                                + " "
                                                                + hex(rdata)))
                .toList();
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private Response response() {
        var answer =
                new Answer(Rcode.NOERROR, true, rrsets(12), rrsets(3), rrsets(3), rrsets(3), 0);
        List<EdnsOption> options =
                random.nextBoolean()
                        ? List.of(new Cookie(random.nextLong(), true, 1, 2).option())
                        : List.of();
        Optional<Response.Opt> opt =
                random.nextBoolean()
                        ? Optional.of(new Response.Opt(1232, true, options))
                        : Optional.empty();
        var question = new Question(name(), RecordType.A, Question.IN);
        return new Response(
                new Header(random.nextInt(0x10000), 0), Optional.of(question), answer, opt);
    }

    private List<RRset> rrsets(int most) {
        var rrsets = new ArrayList<RRset>();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) rrsets.add(rrset());
        return rrsets;
    }

    private RRset rrset() {
        RecordType type = TYPES.get(random.nextInt(TYPES.size()));
        var rdata = new ArrayList<byte[]>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) rdata.add(rdata(type));
        return new RRset(name(), type, random.nextInt(Integer.MAX_VALUE), rdata);
    }

    private byte[] rdata(RecordType type) {
        if (type.equals(RecordType.A))
            return new byte[] {(byte) 192, 0, 2, (byte) random.nextInt()};
        byte[] target = lowerCased(name());
        if (!type.equals(RecordType.MX)) return target;
        return ByteBuffer.allocate(2 + target.length).putShort((short) 10).put(target).array();
    }

    /// As the reader's canonical form has it.
    private static byte[] lowerCased(DomainName name) {
        return DomainName.of(name.toString().toLowerCase(Locale.ROOT)).toWire();
    }

    private DomainName name() {
        var text = new StringBuilder();
        int labels = random.nextInt(6);
        for (int i = 0; i < labels; i++)
            text.append(LABELS.get(random.nextInt(LABELS.size()))).append('.');
        return labels == 0 ? DomainName.ROOT : DomainName.of(text.toString());
    }
}
