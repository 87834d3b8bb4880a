package meridian.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OctetsTest {

    private record Put(int at, int length, long seed) {
        byte[] what() {
            byte[] what = new byte[length];
            new Random(seed).nextBytes(what);
            return what;
        }
    }

    @Test
    void whatIsPutIsThereWhicheverPieceItIsIn() {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new Random(seed);
            try (var octets = new Octets()) {
                List<Put> puts = new ArrayList<>();
                while (octets.size() < 3 * Octets.PIECE) {
                    int length = random.nextInt(random.nextInt(20) == 0 ? 70_000 : 300);
                    var put = new Put(octets.reserve(length), length, random.nextLong());
                    octets.put(put.what(), 0, length);
                    puts.add(put);
                }
                for (Put one : puts) {
                    byte[] found = new byte[one.length];
                    octets.copy(one.at, found, 0, found.length);
                    assertThat(found).as("seed %d", seed).isEqualTo(one.what());
                    assertThat(octets.areAt(one.at, found, 0, found.length)).isTrue();
                    if (found.length == 0) continue;
                    found[random.nextInt(found.length)]++;
                    assertThat(octets.areAt(one.at, found, 0, found.length)).isFalse();
                }
            }
        }
    }

    @Test
    void whatIsReservedStandsTogether() {
        var octets = new Octets();
        while (octets.size() < 2 * Octets.PIECE) {
            int at = octets.reserve(14);
            assertThat(octets.put32(1)).isEqualTo(at);
            assertThat(octets.put16(2)).isEqualTo(at + 4);
            octets.put32(3);
            octets.put32(4);
            assertThat(octets.get64(at + 6)).isEqualTo(3L << 32 | 4);
        }
    }

    @Test
    void zerosThatArePutAreZerosUntilTheyAreOverwritten() {
        var octets = new Octets();
        while (octets.size() < 2 * Octets.PIECE) {
            int at = octets.putZeros(20);
            assertThat(octets.get64(at) | octets.get64(at + 8) | octets.get32(at + 16)).isZero();
            octets.set8(at, 1);
            octets.set16(at + 1, 2);
            octets.set(at + 3, new byte[] {3, 4, 5}, 1, 2);
            octets.set32(at + 16, -1);
            assertThat(octets.get64(at)).isEqualTo(0x01_0002_0405_000000L);
            assertThat(octets.get32(at + 16)).isEqualTo(-1);
        }
    }

    @Test
    void aNameIsFoundWhateverItsCaseAndNeverBehindTheEndOfAPiece() {
        var octets = new Octets();
        byte[] name = DomainName.of("WWW.example.com").toWire();
        byte[] other = DomainName.of("www.EXAMPLE.com").toWire();
        int at = octets.put(name, 0, name.length);

        assertThat(octets.isNamedAt(at, other, 0, other.length)).isTrue();
        assertThat(octets.areAt(at, other, 0, other.length)).isFalse();
        assertThat(octets.isNamedAt(at + 60, other, 0, other.length)).isFalse();
    }

    @Test
    void filesThatArePutInPartsOfAPieceAreReadAcrossPieces() {
        byte[] file = new byte[2 * Octets.PIECE + 12_345];
        new Random(7).nextBytes(file);
        var octets = new Octets();
        int part = Octets.PIECE / 4;
        for (int at = 0; at < file.length; at += part)
            octets.put(file, at, Math.min(part, file.length - at));

        byte[] found = new byte[file.length - 99];
        octets.copyAcross(99, found, found.length);
        assertThat(found).isEqualTo(Arrays.copyOfRange(file, 99, file.length));
    }

    @Test
    void zerosAreZeros() {
        int count = Octets.PIECE + 64;
        var octets = Octets.ofZeros(count);

        assertThat(octets.size()).isEqualTo(count);
        for (int at = 0; at < count; at += 8) assertThat(octets.get64(at)).isZero();
    }

    @Test
    void noRunIsLongerThanAPiece() {
        var octets = new Octets();

        assertThatIllegalArgumentException().isThrownBy(() -> octets.reserve(Octets.PIECE + 1));
    }

    @Test
    void whatWasGivenBackIsNotReadAnyMore() {
        var octets = Octets.ofZeros(2 * Octets.PIECE);
        octets.close();
        octets.close();

        assertThatIllegalStateException().isThrownBy(() -> octets.get32(Octets.PIECE));
    }
}
