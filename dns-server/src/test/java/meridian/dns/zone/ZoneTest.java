package meridian.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import meridian.dns.ZoneText;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import org.junit.jupiter.api.Test;

/// Which outcome a look-up has; the golden files show the whole answers.
class ZoneTest {

    private static final ZoneContents CONTENTS =
            ZoneText.parse(
                    "example.com",
                    """
                    @      3600 IN SOA   ns1 hostmaster 1 3600 900 604800 300
                    @      3600 IN NS    ns1
                    ns1    3600 IN A     192.0.2.53
                    www     300 IN A     192.0.2.1
                    *.wild  300 IN A     192.0.2.2
                    alias   300 IN CNAME www
                    sub     300 IN NS    ns.sub
                    ns.sub  300 IN A     192.0.2.54
                    old     300 IN DNAME new
                    """);

    private static final SteeredName SHOP =
            steered("*.shop.example.com", RecordType.A, RecordType.AAAA);
    private static final SteeredName GO = steered("go.example.com", RecordType.CNAME);
    private static final Zone ZONE = Zone.of(CONTENTS, List.of(SHOP, GO));

    private static SteeredName steered(String owner, RecordType... types) {
        return new SteeredName(DomainName.of(owner), Set.of(types), 0, 0);
    }

    private static Lookup lookup(String name, RecordType type) {
        return ZONE.lookup(DomainName.of(name), type);
    }

    @Test
    void aNameWithDataIsFound() {
        assertThat(lookup("WWW.example.com", RecordType.A))
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found ->
                                assertThat(text(found.rrset()))
                                        .isEqualTo("www.example.com. A 300"));
    }

    @Test
    void aWildcardGivesTheNameThatWasAsked() {
        assertThat(lookup("a.b.wild.example.com", RecordType.A))
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found ->
                                assertThat(text(found.rrset()))
                                        .isEqualTo("a.b.wild.example.com. A 300"));
    }

    @Test
    void aSteeredWildcardGivesTheNameThatWasAsked() {
        DomainName asked = DomainName.of("x.shop.example.com");
        assertThat(ZONE.lookup(asked, RecordType.AAAA))
                .isInstanceOfSatisfying(
                        Lookup.Steered.class,
                        steered -> {
                            assertThat(steered.name()).isEqualTo(SHOP);
                            assertThat(steered.type()).isEqualTo(RecordType.AAAA);
                            assertThat(steered.owner()).isEqualTo(asked);
                        });
    }

    @Test
    void aSteeredAliasStandsForEveryType() {
        for (RecordType type : List.of(RecordType.A, RecordType.TXT, RecordType.CNAME)) {
            assertThat(lookup("go.example.com", type))
                    .isInstanceOfSatisfying(
                            Lookup.Steered.class,
                            steered -> assertThat(steered.type()).isEqualTo(RecordType.CNAME));
        }
    }

    @Test
    void aSteeredNameMakesItsParentsExist() {
        assertThat(lookup("shop.example.com", RecordType.A)).isInstanceOf(Lookup.NoData.class);
        assertThat(lookup("x.shop.example.com", RecordType.TXT)).isInstanceOf(Lookup.NoData.class);
        assertThat(lookup("shops.example.com", RecordType.A)).isInstanceOf(Lookup.NameError.class);
    }

    @Test
    void anAliasTellsItsTarget() {
        assertThat(lookup("alias.example.com", RecordType.A))
                .isInstanceOfSatisfying(
                        Lookup.Alias.class,
                        alias ->
                                assertThat(alias.target())
                                        .isEqualTo(DomainName.of("www.example.com")));
        assertThat(lookup("x.old.example.com", RecordType.A))
                .isInstanceOfSatisfying(
                        Lookup.Alias.class,
                        alias -> {
                            assertThat(alias.target())
                                    .isEqualTo(DomainName.of("x.new.example.com"));
                            assertThat(alias.links())
                                    .extracting(ZoneTest::text)
                                    .containsExactly(
                                            "old.example.com. DNAME 300",
                                            "x.old.example.com. CNAME 300");
                        });
    }

    @Test
    void whatIsBelowACutIsReferred() {
        for (String name : List.of("sub.example.com", "ns.sub.example.com", "x.sub.example.com")) {
            assertThat(lookup(name, RecordType.A)).isInstanceOf(Lookup.Referral.class);
        }
        assertThat(lookup("sub.example.com", RecordType.DS)).isInstanceOf(Lookup.NoData.class);
    }

    @Test
    void aSteeredNameOutsideTheZoneIsRefused() {
        assertThatThrownBy(
                        () -> Zone.of(CONTENTS, List.of(steered("shop.example.net", RecordType.A))))
                .hasMessage("shop.example.net. is not in the zone example.com.");
    }

    @Test
    void theApexCannotBeAnAlias() {
        assertThatThrownBy(
                        () -> Zone.of(CONTENTS, List.of(steered("example.com", RecordType.CNAME))))
                .hasMessage("example.com. is the apex of its zone and cannot be a CNAME");
    }

    @Test
    void aNameIsSteeredOnce() {
        assertThatThrownBy(() -> Zone.of(CONTENTS, List.of(GO, GO)))
                .hasMessage("go.example.com. is steered twice");
    }

    @Test
    void anAliasIsSteeredAlone() {
        assertThatThrownBy(() -> steered("go.example.com", RecordType.CNAME, RecordType.MX))
                .hasMessageStartingWith("go.example.com. steers [")
                .hasMessageEndingWith("]; CNAME alone, or other types, are accepted");
        assertThatThrownBy(() -> steered("go.example.com"))
                .hasMessageStartingWith("go.example.com. steers []");
    }

    private static String text(RRset rrset) {
        return rrset.owner() + " " + rrset.type() + " " + rrset.ttl();
    }
}
