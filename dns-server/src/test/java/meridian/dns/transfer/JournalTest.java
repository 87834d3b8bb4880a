package meridian.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import meridian.dns.wire.Serial;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final DomainName ZONE = DomainName.of("example.com");
    private static final long LARGE = 1_000_000;
    private static final RRset SOA = new RRset(ZONE, RecordType.SOA, 5, List.of(new byte[22]));

    @Test
    void itTellsTheChangesSinceAnyVersionThatItKnows() {
        Journal journal = Journal.EMPTY;
        for (int serial = 1; serial <= 3; serial++)
            journal = journal.after(delta(serial, 1), LARGE);
        assertThat(journal.since(new Serial(2)).orElseThrow())
                .extracting(Delta::from)
                .containsExactly(new Serial(2), new Serial(3));
        assertThat(journal.since(new Serial(4))).isEmpty();
        assertThat(journal.since(new Serial(0))).isEmpty();
    }

    @Test
    void itForgetsTheOldestForWhichThereIsNoRoom() {
        int half = Journal.MOST_RECORDS / 2;
        Journal journal =
                Journal.EMPTY.after(delta(1, half), LARGE).after(delta(2, half - 2), LARGE);
        assertThat(journal.since(new Serial(1))).isEmpty();
        assertThat(journal.since(new Serial(2))).isPresent();
        Journal full = journal.after(delta(3, Journal.MOST_RECORDS), LARGE);
        assertThat(full).isEqualTo(Journal.EMPTY);
    }

    /// Who would have to take as much takes all of the zone.
    @Test
    void itKeepsLessThanTheZoneHas() {
        Journal journal = Journal.EMPTY;
        for (int serial = 1; serial <= 100; serial++) journal = journal.after(delta(serial, 1), 10);
        assertThat(journal.size()).isEqualTo(9);
        assertThat(journal.since(new Serial(98)).orElseThrow()).hasSize(3);
        assertThat(journal.since(new Serial(97))).isEmpty();
        assertThat(journal.after(delta(101, 1), 7).since(new Serial(100)).orElseThrow()).hasSize(2);
    }

    private static Delta delta(int serial, int records) {
        List<byte[]> rdata =
                IntStream.range(0, records)
                        .mapToObj(i -> new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i})
                        .toList();
        var added = new RRset(ZONE, RecordType.A, 5, rdata);
        return new Delta(
                new Serial(serial).in(SOA),
                List.of(),
                new Serial(serial + 1).in(SOA),
                List.of(added));
    }
}
