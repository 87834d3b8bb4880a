package meridian.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RRsetsTest {

    @Test
    void whatIsPutInComesOutInOrder() {
        for (long seed = 1; seed <= 50; seed++) {
            List<RRset> sets = drawn(new Random(seed));
            RRsets packed = RRsets.copyOf(sets);

            assertThat(packed).as("seed %d", seed).isEqualTo(sets);
            for (int i = 0; i < sets.size(); i++) {
                RRset set = sets.get(i);
                byte[] owner = set.owner().toWire();
                assertThat(packed.owner(i).toString()).isEqualTo(set.owner().toString());
                assertThat(packed.type(i)).isEqualTo(set.type().number());
                assertThat(packed.ttl(i)).isEqualTo(set.ttl());
                assertThat(packed.records(i)).isEqualTo(set.rdata().size());
                assertThat(packed.isOwnedBy(i, owner, 0, owner.length)).isTrue();
                assertThat(packed.find(owner, 0, owner.length)).isEqualTo(i);
            }
            byte[] other = DomainName.of("example.com").toWire();
            assertThat(packed.find(other, 0, other.length)).isEqualTo(RRsets.NONE);
        }
    }

    @Test
    void whatIsPackedIsNotPackedAgain() {
        RRsets packed = RRsets.copyOf(drawn(new Random(1)));

        assertThat(RRsets.copyOf(packed)).isSameAs(packed);
    }

    @Test
    void anOwnerIsKnownWhateverItsCaseAndNotByItsLength() {
        RRsets one = RRsets.copyOf(List.of(set("WWW.example.com", 1, new byte[4])));

        assertThat(isOwner(one, "www.EXAMPLE.com")).isTrue();
        assertThat(isOwner(one, "wwx.example.com")).isFalse();
        assertThat(isOwner(one, "example.com")).isFalse();
    }

    @Test
    void theSetsOfOneOwnerFollowOneAnother() {
        RRsets sets =
                RRsets.copyOf(
                        List.of(
                                set("a.example.com", 1, new byte[4]),
                                set("b.example.com", 1, new byte[4]),
                                set("A.example.com", 28, new byte[16])));
        byte[] name = DomainName.of("a.example.com").toWire();

        int first = sets.find(name, 0, name.length);
        assertThat(first).isZero();
        assertThat(sets.next(first)).isEqualTo(2);
        assertThat(sets.next(2)).isEqualTo(RRsets.NONE);
        assertThat(sets.ofType(first, 28)).isEqualTo(2);
        assertThat(sets.ofType(first, 16)).isEqualTo(RRsets.NONE);
        assertThat(List.of(sets.isFirst(0), sets.isFirst(1), sets.isFirst(2)))
                .containsExactly(true, true, false);
    }

    /// More than one piece of octets, so that some are outside of the heap.
    @Test
    void aHundredThousandNamesAreFoundAndTheirMemoryGoesBack() {
        var builder = new RRsets.Builder(1);
        for (int i = 0; i < 100_000; i++) {
            byte[] owner = DomainName.of("n" + i + ".example.com").toWire();
            int set = builder.begin(owner, owner.length, 1, 60, i);
            builder.add(set, new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i}, 4);
        }
        RRsets sets = builder.build();
        for (int i = 0; i < 100_000; i++) {
            byte[] owner = DomainName.of("N" + i + ".example.com").toWire();
            int set = sets.find(owner, 0, owner.length);
            assertThat(sets.mark(set)).isEqualTo(i);
            assertThat(sets.data(sets.firstRecord(set))[3]).isEqualTo((byte) i);
        }
        sets.close();
        assertThatIllegalStateException().isThrownBy(() -> sets.get(99_999));
    }

    @Test
    void anRRsetWithoutARecordIsNone() {
        var builder = new RRsets.Builder(1);
        builder.begin(new byte[1], 1, 1, 300, 0);

        assertThatIllegalArgumentException().isThrownBy(() -> builder.build().getFirst());
    }

    private static boolean isOwner(RRsets sets, String name) {
        byte[] wire = DomainName.of(name).toWire();
        return sets.isOwnedBy(0, wire, 0, wire.length);
    }

    private static List<RRset> drawn(Random random) {
        var sets = new ArrayList<RRset>();
        for (int i = random.nextInt(60); i >= 0; i--) {
            byte[][] rdata = new byte[1 + random.nextInt(4)][];
            for (int j = 0; j < rdata.length; j++) {
                rdata[j] = new byte[random.nextInt(j == 0 ? 0x10000 : 300)];
                random.nextBytes(rdata[j]);
            }
            sets.add(set("N" + i + ".example.com", random.nextInt(0x10000), rdata));
        }
        return sets;
    }

    private static RRset set(String owner, int type, byte[]... rdata) {
        int ttl = Integer.MAX_VALUE - type;
        return new RRset(DomainName.of(owner), new RecordType(type), ttl, List.of(rdata));
    }
}
