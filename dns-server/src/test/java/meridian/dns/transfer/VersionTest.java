package meridian.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import meridian.dns.ZoneText;
import meridian.dns.wire.Serial;
import meridian.dns.zone.Zone;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.ZoneTransfer;
import org.junit.jupiter.api.Test;

class VersionTest {

    private static final String HEAD =
            "@ 5 IN SOA ns1 hostmaster 1 3600 900 604800 300\n@ 5 NS ns1\n";

    private static final ZoneTransfer HOW =
            new ZoneTransfer(
                    new NodeId("n1"),
                    List.of(
                            new ZoneTransfer.Allowance(
                                    Optional.empty(), List.of(Network.of("127.0.0.1")))),
                    List.of(),
                    InetAddress.ofLiteral("1.2.3.4"),
                    Duration.ofSeconds(1));

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

    @Test
    void ofAZoneWhoseNamesAreSteeredChangesAloneAreGiven() {
        Zone zone = Zone.of(ZoneText.parse("example.com", HEAD), List.of());
        Version before = steered(zone, 1);
        Version after = steered(zone, 2);
        Delta delta = Delta.between(before, after).orElseThrow();
        Journal journal = Journal.EMPTY.after(delta, after.size());
        var copy = new Copy(before.all());
        assertThat(copy.take(new Published(HOW, after, "", journal, 0).since(before.serial())))
                .isTrue();
        assertThat(copy.records()).isEqualTo(new Copy(after.all()).records());
    }

    /// With ten names, of which the first has that address, and all others the same.
    private static Version steered(Zone zone, int number) {
        List<RRset> chosen =
                IntStream.range(0, 10)
                        .mapToObj(i -> address("s%d.example.com".formatted(i), i > 0 ? 9 : number))
                        .toList();
        var content = new Content(zone, chosen, Map.of());
        RRset soa = new Serial(number).in(zone.rrsets().getFirst());
        return new Version(content, soa, content.size(Content.size(zone)));
    }

    private static RRset address(String owner, int last) {
        byte[] rdata = {(byte) 192, 0, 2, (byte) last};
        return new RRset(DomainName.of(owner), RecordType.A, 5, List.of(rdata));
    }

    private static Version version(ZoneContents contents) {
        Zone zone = Zone.of(contents, List.of());
        var content = new Content(zone, List.of(), Map.of());
        return new Version(content, contents.soa(), content.size(Content.size(zone)));
    }

    private static ZoneContents contents() {
        var text = new StringBuilder(HEAD);
        for (int i = 0; i < NAMES; i++) text.append("n").append(i).append(" 5 IN A 192.0.2.1\n");
        return ZoneText.parse("example.com", text.toString());
    }
}
