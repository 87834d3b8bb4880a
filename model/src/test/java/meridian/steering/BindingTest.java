package meridian.steering;

import static meridian.steering.Fleet.AP_SOUTH;
import static meridian.steering.Fleet.DUBLIN;
import static meridian.steering.Fleet.EU_WEST;
import static meridian.steering.Fleet.US_EAST;
import static meridian.steering.Fleet.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import meridian.record.RecordType;
import meridian.topology.AllDown;
import meridian.topology.Binding;
import meridian.topology.Step;
import org.junit.jupiter.api.Test;

/// HTTPS and SVCB: one record about what A and AAAA are.
class BindingTest {

    private final Fleet fleet =
            new Fleet()
                    .with(US_EAST, "198.51.100.10", "198.51.100.11", "2001:db8:1::10")
                    .with(EU_WEST, "192.0.2.10", "2001:db8:2::10", "2001:db8:2::11")
                    .with(AP_SOUTH, "203.0.113.10")
                    .tells(https(true));

    @Test
    void itTellsOfTheAddressesOfTheClientsRegion() {
        allUp();
        fleet.answers(2);
        assertThat(told(0))
                .isEqualTo(
                        "1 . alpn=h2,h3 port=8443 ipv4hint=192.0.2.10"
                                + " ipv6hint=2001:db8:2::10,2001:db8:2::11");
    }

    @Test
    void eachFamilyComesFromWhereItIsUp() {
        allUp();
        fleet.down("2001:db8:2::10", "2001:db8:2::11");
        assertThat(told(0)).contains("ipv4hint=192.0.2.10", "ipv6hint=2001:db8:1::10");
        assertThat(choose(RecordType.HTTPS, 0).regions()).containsExactly(EU_WEST, US_EAST);
    }

    /// Over weighted regions, samples, ramps, and families of other regions.
    @Test
    void theSameDrawGivesTheSameAddressesAsAAndAaaa() {
        allUp();
        fleet.steer(forAll(weighted())).climbs(25, EU_WEST);
        var random = new Random(1);
        var combinations = new HashSet<List<InetAddress>>();
        for (int i = 0; i < 5_000; i++) {
            long draw = random.nextLong();
            List<InetAddress> hints = hints(draw);
            assertThat(hints)
                    .hasSize(2)
                    .containsAll(addresses(RecordType.A, draw))
                    .containsAll(addresses(RecordType.AAAA, draw));
            combinations.add(hints);
        }
        assertThat(combinations).hasSizeGreaterThan(4);
    }

    @Test
    void aFamilyWithNothingToAnswerHasNoHint() {
        allUp();
        fleet.allDown(new AllDown.NoData())
                .down("2001:db8:1::10", "2001:db8:2::10", "2001:db8:2::11");
        assertThat(told(0)).isEqualTo("1 . alpn=h2,h3 port=8443 ipv4hint=192.0.2.10");
    }

    @Test
    void whereNeitherFamilyIsAnsweredNothingIs() {
        allUp();
        fleet.allDown(new AllDown.NoData())
                .down("2001:db8:1::10", "2001:db8:2::10", "2001:db8:2::11")
                .down("198.51.100.10", "198.51.100.11", "192.0.2.10", "203.0.113.10");
        assertThat(choose(RecordType.HTTPS, 0).records()).isEmpty();
        assertThat(choose(RecordType.HTTPS, 0).reason()).isEqualTo(Reason.NO_DATA);
    }

    @Test
    void itTellsNoHintsWhereNoneAreWanted() {
        allUp();
        fleet.tells(https(false));
        assertThat(told(0)).isEqualTo("1 . alpn=h2,h3 port=8443");
    }

    @Test
    void whatItTellsOfIsNamedInItsEndpointsAndNothingElse() {
        allUp();
        assertThat(choose(RecordType.HTTPS, 0).endpoints()).hasSize(2);
        fleet.tells(https(false));
        assertThat(choose(RecordType.HTTPS, 0).endpoints()).isEmpty();
        assertThat(choose(RecordType.HTTPS, 0).regions()).containsExactly(EU_WEST);
    }

    @Test
    void itsReasonIsTheLeastWelcomeOfItsFamilies() {
        allUp();
        assertThat(choose(RecordType.HTTPS, 0).reason()).isEqualTo(Reason.ACTIVE);
        fleet.down("2001:db8:1::10", "2001:db8:2::10", "2001:db8:2::11");
        assertThat(choose(RecordType.A, 0).reason()).isEqualTo(Reason.ACTIVE);
        assertThat(choose(RecordType.HTTPS, 0).reason()).isEqualTo(Reason.FAIL_OPEN);
        assertThat(hints(0)).hasSize(2);
    }

    private void allUp() {
        fleet.up("198.51.100.10", "198.51.100.11", "2001:db8:1::10")
                .up("192.0.2.10", "2001:db8:2::10", "2001:db8:2::11", "203.0.113.10");
    }

    private static Step weighted() {
        return new Step.Weighted(new LinkedHashMap<>(Map.of(EU_WEST, 2, US_EAST, 1, AP_SOUTH, 4)));
    }

    private static Binding https(boolean hints) {
        return new Binding(
                RecordType.HTTPS,
                List.of("h2", "h3"),
                OptionalInt.of(8443),
                Optional.empty(),
                hints);
    }

    private String told(long draw) {
        List<Rdata> records = choose(RecordType.HTTPS, draw).records();
        assertThat(records).hasSize(1);
        return records.getFirst().toString();
    }

    private List<InetAddress> hints(long draw) {
        return ((Rdata.Bound) choose(RecordType.HTTPS, draw).records().getFirst()).hints();
    }

    private List<InetAddress> addresses(RecordType type, long draw) {
        return choose(type, draw).records().stream()
                .map(one -> ((Rdata.Address) one).address())
                .toList();
    }

    private Choice choose(RecordType type, long draw) {
        Plan plan = Steering.plan(fleet.state(), type, fleet.preference(DUBLIN));
        return Steering.choose(plan, fleet.state(), type, draw);
    }
}
