package meridian.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import meridian.record.DomainName;
import meridian.record.Octets;
import org.junit.jupiter.api.Test;

class CanonicalKeyTest {

    private static final byte[] ODD = {0, 1, 2, 'a', 'A', 'z', 'Z', '-', (byte) 0xff};

    @Test
    void keysAreOrderedAsNamesAreInAZone() {
        var random = new Random(1);
        var octets = new Octets();
        var key = new CanonicalKey();
        for (int i = 0; i < 20_000; i++) {
            DomainName one = name(random);
            DomainName other = name(random);
            key.set(other.toWire(), other.wireLength() - 1);
            int at = key.put(octets);
            key.set(one.toWire(), one.wireLength() - 1);

            assertThat(Integer.signum(key.compareTo(octets, at)))
                    .as("%s and %s", one, other)
                    .isEqualTo(Integer.signum(one.compareTo(other)));
        }
    }

    private static DomainName name(Random random) {
        byte[] wire = new byte[64];
        int end = 0;
        for (int labels = random.nextInt(4); labels > 0; labels--) {
            int length = 1 + random.nextInt(3);
            wire[end++] = (byte) length;
            for (int i = 0; i < length; i++) wire[end++] = ODD[random.nextInt(ODD.length)];
        }
        return DomainName.ofWire(wire, 0, end + 1);
    }
}
