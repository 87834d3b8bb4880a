package meridian.dns.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import meridian.dns.ready.Edition;
import meridian.dns.ready.RandomEditions;
import meridian.dns.signed.Signing;
import meridian.dns.tsig.TsigKeys;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.ZoneTransfer;
import org.junit.jupiter.api.Test;

class PrimaryTest {

    private static final DomainName ZONE = DomainName.of("example.com");
    private static final ZoneTransfer HOW =
            new ZoneTransfer(
                    new NodeId("n1"),
                    List.of(
                            new ZoneTransfer.Allowance(
                                    Optional.empty(), List.of(Network.of("127.0.0.1")))),
                    List.of(),
                    InetAddress.ofLiteral("1.2.3.4"),
                    Duration.ofSeconds(1));

    /// The first step is that of a start, which must not fail for it.
    @Test
    void aVersionWhoseStepFailedIsWrittenAndShownByTheNext() {
        var editions = new RandomEditions(new Random(1), Signing.NONE, Set.of(ZONE));
        var writes = new AtomicInteger();
        var shown = new ArrayList<Map<DomainName, RRset>>();
        var around =
                new Primary.Surroundings(
                        editions::same,
                        shown::add,
                        _ -> {
                            if (writes.getAndIncrement() == 0)
                                throw new IllegalStateException("a test");
                        },
                        InstantSource.system(),
                        () -> 0);
        var settings = new Primary.Settings(Map.of(ZONE, HOW), TsigKeys.NONE);
        try (var primary = new Primary(around, settings, Map.of(), 1232)) {
            primary.prepare();
            assertThat(shown).isEmpty();
            for (int i = 0; i < 2; i++) primary.prepare();
            assertThat(writes).hasValue(2);
            assertThat(shown).singleElement().satisfies(soas -> assertThat(soas).containsKey(ZONE));
        }
    }

    @Test
    void aZoneThatHasNoNextVersionIsToldByNameUntilItHas() {
        var editions = new RandomEditions(new Random(1), Signing.NONE, Set.of(ZONE));
        Edition whole = editions.same();
        var current = new AtomicReference<>(RandomEditions.broken(whole, ZONE));
        var around =
                new Primary.Surroundings(
                        current::get, _ -> {}, _ -> {}, InstantSource.system(), () -> 0);
        var settings = new Primary.Settings(Map.of(ZONE, HOW), TsigKeys.NONE);
        try (var primary = new Primary(around, settings, Map.of(), 1232)) {
            primary.prepare();
            assertThat(primary.failed()).containsOnlyKeys(ZONE);
            assertThat(primary.serials()).isEmpty();

            current.set(whole);
            primary.prepare();
            assertThat(primary.failed()).isEmpty();
            assertThat(primary.serials()).containsOnlyKeys(ZONE);
        }
    }

    /// A disk that hangs holds the next version up for longer than what served before is kept
    /// unasked.
    @Test
    void whatAVersionIsOfIsGivenUntilThereIsALaterOne() {
        var editions = new RandomEditions(new Random(1), Signing.NONE, Set.of(ZONE));
        Edition first = editions.same();
        Edition next = editions.reread();
        var current = new AtomicReference<>(first);
        var around =
                new Primary.Surroundings(
                        current::get, _ -> {}, _ -> {}, InstantSource.system(), () -> 0);
        var settings = new Primary.Settings(Map.of(ZONE, HOW), TsigKeys.NONE);
        try (var primary = new Primary(around, settings, Map.of(), 1232)) {
            primary.prepare();
            current.set(next);
            assertThat(primary.isGiving(first.serving().zones().all())).isTrue();

            primary.prepare();
            assertThat(primary.isGiving(first.serving().zones().all())).isFalse();
            assertThat(primary.isGiving(next.serving().zones().all())).isTrue();
            assertThat(primary.isGiving(next.serving().signedZones())).isFalse();
        }
    }
}
