package meridian.dns.transfer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import meridian.dns.ready.Edition;
import meridian.dns.ready.RandomEditions;
import meridian.dns.signed.Signing;
import meridian.dns.signed.TestSigning;
import meridian.dns.wire.Serial;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.signing.Rrsig;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.ZoneTransfer;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private static final int WORLDS = 12;
    private static final int STEPS = 40;
    private static final DomainName ZONE = DomainName.of("example.com");
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final ZoneTransfer HOW =
            new ZoneTransfer(
                    new NodeId("n1"),
                    List.of(
                            new ZoneTransfer.Allowance(
                                    Optional.empty(), List.of(Network.of("127.0.0.1")))),
                    List.of(),
                    InetAddress.ofLiteral("1.2.3.4"),
                    PACE);
    private static final Map<DomainName, ZoneTransfer> WANTED =
            Map.of(ZONE, HOW, DomainName.of("child.example.com"), HOW);

    private long nanos;

    @Test
    void whoTakesTheChangesHasWhatWhoTakesAllHas() {
        int changes = 0;
        for (int seed = 0; seed < WORLDS; seed++) changes += compare(seed);
        assertThat(changes).as("transfers of changes alone").isGreaterThan(WORLDS * STEPS / 4);
    }

    /// Of three secondaries one takes each version, and the others some.
    private int compare(int seed) {
        var random = new Random(seed);
        Signing signing = seed % 3 == 0 ? TestSigning.ofSome(random) : Signing.NONE;
        var editions = new RandomEditions(random, signing, WANTED.keySet());
        var publisher = new Publisher(Map.of());
        var copies = List.of(new HashMap<DomainName, Copy>(), new HashMap<DomainName, Copy>());
        var serials = new HashMap<DomainName, Serial>();
        int changes = 0;
        for (int i = 0; i < STEPS; i++) {
            Edition edition = random.nextInt(10) == 0 ? editions.reread() : editions.turned();
            nanos += random.nextLong(2 * PACE.toNanos());
            Publisher.Step step = publisher.step(edition, WANTED, nanos);
            for (DomainName apex : step.moved()) {
                Serial next = published(step, apex).version().serial();
                Serial before = serials.put(apex, next);
                assertThat(before == null || next.isAfter(before)).isTrue();
            }
            for (DomainName apex : WANTED.keySet()) {
                Published zone = published(step, apex);
                for (int each = 0; each <= random.nextInt(2); each++) {
                    Copy copy =
                            copies.get(each)
                                    .computeIfAbsent(apex, _ -> new Copy(zone.version().all()));
                    if (copy.take(zone.since(copy.serial()))) changes++;
                    assertThat(copy.records())
                            .as("%s in step %d of seed %d", apex, i, seed)
                            .isEqualTo(new Copy(zone.version().all()).records());
                }
            }
        }
        return changes;
    }

    private static Published published(Publisher.Step step, DomainName apex) {
        return requireNonNull(step.zones().get(apex));
    }

    @Test
    void theSerialOfTheFileIsTheFirst() {
        assertThat(serial(step(new Publisher(Map.of()), editions().same())))
                .isEqualTo(new Serial(1));
    }

    @Test
    void whatChangesWithinThePaceIsHeldUpAndThenOneVersion() {
        var editions = editions();
        var publisher = new Publisher(Map.of());
        nanos = 5;
        step(publisher, editions.same());
        nanos += 1;
        assertThat(serial(step(publisher, turned(editions)))).isEqualTo(new Serial(2));
        nanos += 1;
        Edition last = turned(editions);
        Publisher.Step heldUp = step(publisher, last);
        assertThat(heldUp.moved()).isEmpty();
        assertThat(heldUp.due()).hasValue(6 + PACE.toNanos());
        nanos = 6 + PACE.toNanos();
        assertThat(serial(step(publisher, last))).isEqualTo(new Serial(3));
    }

    /// Of an edition that says something else to the client than the one before.
    private static Edition turned(RandomEditions editions) {
        var publisher = new Publisher(Map.of());
        publisher.step(editions.same(), Map.of(ZONE, HOW), 0);
        for (long later = PACE.toNanos(); ; later += PACE.toNanos()) {
            Edition turned = editions.turned();
            if (!publisher.step(turned, Map.of(ZONE, HOW), later).moved().isEmpty()) return turned;
        }
    }

    @Test
    void otherFilesWaitForNoPace() {
        var editions = editions();
        var publisher = new Publisher(Map.of());
        step(publisher, editions.same());
        for (int serial = 2; serial < 5; serial++)
            assertThat(serial(step(publisher, editions.reread()))).isEqualTo(new Serial(serial));
    }

    @Test
    void whatIsTheSameAgainMovesNoSerial() {
        var editions = editions();
        var publisher = new Publisher(Map.of());
        step(publisher, editions.same());
        Publisher.Step step = step(publisher, editions().same());
        assertThat(step.moved()).isEmpty();
        assertThat(step.due()).isEmpty();
    }

    @Test
    void whatIsWrongWithOneZoneHoldsUpNoOther() {
        DomainName child = DomainName.of("child.example.com");
        var editions = new RandomEditions(new Random(1), Signing.NONE, WANTED.keySet());
        var publisher = new Publisher(Map.of());
        Publisher.Step first = publisher.step(editions.same(), WANTED, 0);
        Edition broken = RandomEditions.broken(editions.reread(), ZONE);
        Publisher.Step step = publisher.step(broken, WANTED, 1);
        assertThat(step.failed()).containsOnlyKeys(ZONE);
        assertThat(step.moved()).containsExactly(child);
        assertThat(published(step, ZONE).version()).isEqualTo(published(first, ZONE).version());

        Publisher.Step mended = publisher.step(editions.same(), WANTED, 2);
        assertThat(mended.failed()).isEmpty();
        assertThat(mended.moved()).containsExactly(ZONE);
    }

    @Test
    void aRestartKeepsTheSerialOfWhatIsTheSameAndMovesThatOfWhatIsNot() {
        var editions = editions();
        var publisher = new Publisher(Map.of());
        step(publisher, editions.same());
        nanos += PACE.toNanos();
        Edition last = editions.reread();
        step(publisher, last);
        assertThat(serial(step(new Publisher(publisher.saved()), last))).isEqualTo(new Serial(2));
        assertThat(serial(step(new Publisher(publisher.saved()), editions.reread())))
                .isEqualTo(new Serial(3));
    }

    @Test
    void aSerialOfTheFileThatIsAheadIsTaken() {
        var saved = Map.of(ZONE, new SavedSerial(new Serial(-3), "other"));
        assertThat(serial(step(new Publisher(saved), editions().same()))).isEqualTo(new Serial(1));
        var later = Map.of(ZONE, new SavedSerial(new Serial(7), "other"));
        assertThat(serial(step(new Publisher(later), editions().same()))).isEqualTo(new Serial(8));
    }

    @Test
    void theSoaIsSignedUnderEverySerial() {
        var random = new Random(1);
        var editions = new RandomEditions(random, TestSigning.of("example.com"), Set.of(ZONE));
        var publisher = new Publisher(Map.of());
        step(publisher, editions.same());
        RRset soa = published(step(publisher, editions.reread()), ZONE).version().soa();
        assertThat(Serial.of(soa)).isEqualTo(new Serial(2));
        assertThat(soa.signatures())
                .singleElement()
                .satisfies(
                        rrsig ->
                                assertThat(
                                                Rrsig.verifies(
                                                        rrsig, soa, TestSigning.key("example.com")))
                                        .isTrue());
    }

    private static RandomEditions editions() {
        return new RandomEditions(new Random(1), Signing.NONE, Set.of(ZONE));
    }

    private Publisher.Step step(Publisher publisher, Edition edition) {
        return publisher.step(edition, Map.of(ZONE, HOW), nanos);
    }

    private static Serial serial(Publisher.Step step) {
        return published(step, ZONE).version().serial();
    }
}
