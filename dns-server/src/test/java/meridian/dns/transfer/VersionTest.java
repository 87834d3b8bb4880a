package meridian.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import meridian.dns.ZoneText;
import meridian.dns.zone.Zone;
import meridian.record.RRset;
import meridian.record.ZoneContents;
import org.junit.jupiter.api.Test;

class VersionTest {

    /// Enough that its memory is outside of the heap.
    private static final int NAMES = 20_000;

    /// A zone whose memory is gone can be read no more: so what is given until that is noticed is
    /// what was read ahead.
    @Test
    void ofALargeZoneNoMoreIsReadThanWhatIsGiven() {
        ZoneContents contents = contents();
        assertThat(readAhead(contents, version(contents).all())).isLessThan(3);
    }

    private static int readAhead(ZoneContents contents, Iterator<RRset> all) {
        for (int i = 0; i < 10; i++) all.next();
        contents.close();
        int more = 0;
        try {
            for (; all.hasNext(); all.next()) more++;
        } catch (IllegalStateException _) {
            // Here the zone itself is read.
        }
        return more;
    }

    private static Version version(ZoneContents contents) {
        Zone zone = Zone.of(contents, List.of());
        var content = new Content(zone, List.of(), Map.of());
        return new Version(content, contents.soa());
    }

    private static ZoneContents contents() {
        var text =
                new StringBuilder("@ 5 IN SOA ns1 hostmaster 1 3600 900 604800 300\n@ 5 NS ns1\n");
        for (int i = 0; i < NAMES; i++) text.append("n").append(i).append(" 5 IN A 192.0.2.1\n");
        return ZoneText.parse("example.com", text.toString());
    }
}
