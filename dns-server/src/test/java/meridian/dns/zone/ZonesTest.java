package meridian.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meridian.dns.ZoneText;
import meridian.dns.wire.Serial;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import org.junit.jupiter.api.Test;

class ZonesTest {

    private static Zone zone(String apex) {
        var text =
                """
                @   3600 IN SOA ns hostmaster 1 3600 900 604800 300
                @   3600 IN NS  ns.example.net.
                www  300 IN A   192.0.2.1
                """;
        return Zone.of(ZoneText.parse(apex, text), List.of());
    }

    @Test
    void eachOfThousandsOfZonesAnswersForItself() {
        var zones = new ArrayList<Zone>();
        for (int i = 0; i < 3_000; i++) zones.add(zone("zone" + i + ".example"));
        var all = new Zones(zones);
        for (int i = 0; i < 3_000; i++) {
            var name = DomainName.of("WWW.Zone" + i + ".example");
            assertThat(all.lookup(name, RecordType.A)).isInstanceOf(Lookup.Found.class);
        }
        assertThat(all.lookup(DomainName.of("www.zone3000.example"), RecordType.A))
                .isEqualTo(new Lookup.NotOurs());
        assertThat(all.lookup(DomainName.of("example"), RecordType.A))
                .isEqualTo(new Lookup.NotOurs());
    }

    @Test
    void theMostSpecificZoneAnswers() {
        var zones = new Zones(List.of(zone("example"), zone("a.b.example")));
        assertThat(soaOf(zones.lookup(DomainName.of("x.a.b.example"), RecordType.A)))
                .isEqualTo("a.b.example.");
        assertThat(soaOf(zones.lookup(DomainName.of("x.b.example"), RecordType.A)))
                .isEqualTo("example.");
    }

    @Test
    void theRootCanBeAZone() {
        var zones = new Zones(List.of(zone(".")));
        assertThat(soaOf(zones.lookup(DomainName.ROOT, RecordType.A))).isEqualTo(".");
        assertThat(soaOf(zones.lookup(DomainName.ROOT, RecordType.DS))).isEqualTo(".");
        assertThat(soaOf(zones.lookup(DomainName.of("nothere"), RecordType.A))).isEqualTo(".");
    }

    @Test
    void withoutZonesNothingIsOurs() {
        assertThat(new Zones(List.of()).lookup(DomainName.of("example"), RecordType.A))
                .isEqualTo(new Lookup.NotOurs());
    }

    @Test
    void twoZonesWithOneApexAreRefused() {
        assertThatThrownBy(() -> new Zones(List.of(zone("example"), zone("EXAMPLE"))))
                .hasMessage("the zone EXAMPLE. is there twice");
    }

    @Test
    void aZoneWhoseSerialMovesHasItInAllThatItSays() {
        DomainName apex = DomainName.of("example");
        Zone zone = zone("example");
        RRset soa = new Serial(77).in(zone.rrsets().getFirst());
        var zones = new Zones(List.of(zone, zone("other")), Set.of(apex)).with(Map.of(apex, soa));
        assertThat(zones.lookup(apex, RecordType.SOA))
                .isEqualTo(new Lookup.Found(soa, List.of(), List.of()));
        assertThat(zones.lookup(apex, RecordType.TXT))
                .isEqualTo(new Lookup.NoData(soa.livingFor(300), List.of()));
        assertThat(zones.lookup(DomainName.of("nothere.example"), RecordType.A))
                .isEqualTo(new Lookup.NameError(soa.livingFor(300), List.of()));
        assertThat(zones.negativeSoa(zone)).isEqualTo(soa.livingFor(300));
        assertThat(zones.isMoving(apex)).isTrue();
    }

    @Test
    void aZoneWhoseSerialDoesNotMoveIsShownAsItIs() {
        DomainName apex = DomainName.of("example");
        Zone zone = zone("example");
        RRset soa = new Serial(77).in(zone.rrsets().getFirst());
        var zones = new Zones(List.of(zone)).with(Map.of(apex, soa));
        assertThat(zones.soa(apex)).isEmpty();
        assertThat(zones.negativeSoa(zone)).isEqualTo(zone.negativeSoa());
    }

    private static String soaOf(Lookup lookup) {
        return switch (lookup) {
            case Lookup.NoData(var soa, var _) -> soa.owner().toString();
            case Lookup.NameError(var soa, var _) -> soa.owner().toString();
            case Lookup.Found _,
                    Lookup.Steered _,
                    Lookup.Alias _,
                    Lookup.Referral _,
                    Lookup.TooLong _,
                    Lookup.NotOurs _ ->
                    lookup.toString();
        };
    }
}
