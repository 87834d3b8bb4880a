package meridian.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
            }
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
    void anRRsetWithoutARecordIsNone() {
        var builder = new RRsets.Builder();
        builder.begin(new byte[1], 0, 1, 1, 300);

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
