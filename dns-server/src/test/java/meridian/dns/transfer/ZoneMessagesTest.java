package meridian.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.dns.wire.Query;
import meridian.dns.wire.QueryReader;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ZoneMessagesTest {

    private static final DomainName ZONE = DomainName.of("example.com");

    @Test
    void whatIsLongIsSeveralMessagesAndAnRRsetMayGoOnInTheNext() throws IOException {
        List<byte[]> addresses =
                IntStream.range(0, 5000)
                        .mapToObj(i -> new byte[] {10, 0, (byte) (i >> 8), (byte) i})
                        .toList();
        byte[] text = new byte[60_000];
        for (int i = 0; i < text.length; i += 250)
            text[i] = (byte) Math.min(249, text.length - i - 1);
        var rrsets =
                List.of(
                        new RRset(ZONE, RecordType.TXT, 5, List.of(new byte[] {1, 'a'})),
                        new RRset(ZONE, RecordType.A, 5, addresses),
                        new RRset(ZONE, RecordType.TXT, 5, List.of(text)));
        List<Message> messages = messages(rrsets.stream());
        assertThat(messages).hasSizeGreaterThan(5);
        List<Record> records =
                messages.stream().flatMap(m -> m.getSection(Section.ANSWER).stream()).toList();
        assertThat(records).hasSize(5002);
        assertThat(records.getFirst().getType()).isEqualTo(Type.TXT);
        assertThat(records.getLast().rdataToWireCanonical()).hasSize(60_000);
        assertThat(messages).allMatch(m -> m.getQuestion().getType() == Type.AXFR);
    }

    @Test
    void whatIsGivenBackInTheMiddleCutsItOff() {
        var endings = new ArrayList<Boolean>();
        Stream<RRset> goneAfterTheFirst =
                Stream.of(new byte[60_000], new byte[1])
                        .map(
                                data -> {
                                    if (data.length == 1) throw new IllegalStateException("closed");
                                    return new RRset(ZONE, RecordType.TXT, 5, List.of(data));
                                });
        ZoneMessages messages = of(goneAfterTheFirst, endings::add);
        assertThat(messages.next(ByteBuffer.allocate(0xffff))).isTrue();
        assertThat(messages.isCutOff()).isFalse();

        assertThat(messages.next(ByteBuffer.allocate(0xffff))).isFalse();
        assertThat(messages.isCutOff()).isTrue();
        messages.end();
        messages.end();
        assertThat(endings).containsExactly(true);
    }

    private static ZoneMessages of(Stream<RRset> rrsets, ZoneMessages.Ending ending) {
        return new ZoneMessages(
                query(),
                1232,
                rrsets.iterator(),
                Optional.empty(),
                InstantSource.fixed(Instant.EPOCH),
                () -> 0,
                ending);
    }

    private static List<Message> messages(Stream<RRset> rrsets) throws IOException {
        ZoneMessages messages = of(rrsets, _ -> {});
        var all = new ArrayList<Message>();
        ByteBuffer out = ByteBuffer.allocate(0xffff);
        while (messages.next(out.clear())) all.add(new Message(out.flip()));
        return all;
    }

    private static Query query() {
        byte[] wire =
                Message.newQuery(
                                Record.newRecord(
                                        Name.fromConstantString("example.com."),
                                        Type.AXFR,
                                        DClass.IN))
                        .toWire();
        return (Query) QueryReader.read(ByteBuffer.wrap(wire));
    }
}
