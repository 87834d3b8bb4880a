package meridian.dns.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import meridian.topology.Network;
import org.junit.jupiter.api.Test;

class RangesTest {

    @Test
    void neighboursWithOneNumberAreOneRange() {
        var builder = new Ranges.Builder(32);
        builder.append(0, 0, 1);
        builder.append(0, 10, 1);
        builder.append(0, 20, 2);

        Ranges ranges = builder.build();

        assertThat(ranges.size()).isEqualTo(2);
        assertThat(ranges.lastLow(0)).isEqualTo(19);
        assertThat(ranges.lastLow(1)).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void theLaterOfTwoNumbersForOneAddressHolds() {
        var builder = new Ranges.Builder(128);
        builder.append(0, 0, 1);
        builder.append(7, 0, 2);
        builder.append(7, 0, 1);

        assertThat(builder.build().size()).isEqualTo(1);
    }

    @Test
    void laidOverAWholeFamilyOnlyNumbersChangeAndEachIsAskedForOnce() {
        for (int width : new int[] {32, 128}) {
            var builder = new Ranges.Builder(width);
            builder.append(0, 0, 2);
            for (int first = 1; first < 100; first++) builder.append(0, first, first % 4);
            var asked = new ArrayList<Integer>();

            Ranges halves =
                    builder.build()
                            .combined(
                                    Ranges.all(width, 7),
                                    (number, seven) -> {
                                        asked.add(number);
                                        return seven + number / 2;
                                    });

            assertThat(asked).containsExactlyInAnyOrder(0, 1, 2, 3);
            assertThat(halves.size()).isEqualTo(51);
            assertThat(halves.number(halves.indexOf(0, 0))).isEqualTo(8);
            assertThat(halves.number(halves.indexOf(0, 5))).isEqualTo(7);
            assertThat(halves.number(halves.indexOf(0, 6))).isEqualTo(8);
            assertThat(halves.low(halves.indexOf(0, 7))).isEqualTo(6);
        }
    }

    @Test
    void rangesOutOfOrderAreRefused() {
        var builder = new Ranges.Builder(128);
        builder.append(0, 0, 1);
        builder.append(-1L, 0, 2); // the highest as unsigned

        assertThatIllegalArgumentException().isThrownBy(() -> builder.append(1, 0, 3));
    }

    @Test
    void aRangeThatEndsWhereTheUpperHalfTurnsEndsThere() {
        var builder = new Ranges.Builder(128);
        builder.append(0, 0, 1);
        builder.append(8, 0, 2);

        Ranges ranges = builder.build();

        assertThat(ranges.lastHigh(0)).isEqualTo(7);
        assertThat(ranges.lastLow(0)).isEqualTo(-1L);
        assertThat(ranges.lastHigh(1)).isEqualTo(-1L);
    }

    @Test
    void combinedRangesSayWhatBothSayAtEveryAddress() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            int width = random.nextBoolean() ? 32 : 128;
            Ranges left = random(random, width);
            Ranges right = random(random, width);

            Ranges both = left.combined(right, (a, b) -> a * 3 + b);

            for (long[] address : probes(random, left, right)) {
                assertThat(numberAt(both, address))
                        .as("seed %d", seed)
                        .isEqualTo(numberAt(left, address) * 3 + numberAt(right, address));
            }
            assertThat(isTight(both)).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void theLongestPrefixWinsInWhateverOrder() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            int width = random.nextBoolean() ? 32 : 128;
            List<Network> networks = networks(random, width);
            var nesting = new Nesting(width);
            for (int i = 0; i < networks.size(); i++) nesting.add(networks.get(i), i + 1);

            Ranges ranges = nesting.ranges(0);

            for (long[] address : probes(random, ranges, ranges)) {
                assertThat(numberAt(ranges, address))
                        .as("seed %d, %s", seed, networks)
                        .isEqualTo(longestMatch(networks, width, address));
            }
        }
    }

    @Test
    void aNetworkGivenTwiceIsRefused() {
        var nesting = new Nesting(32);
        nesting.add(Network.of("192.0.2.0/24"), 1);
        nesting.add(Network.of("192.0.0.0/16"), 2);
        nesting.add(Network.of("192.0.2.0/24"), 3);

        assertThat(nesting.twins())
                .containsExactly(new Nesting.Twins(Network.of("192.0.2.0/24"), 1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> nesting.ranges(0));
    }

    @Test
    void numbersMayBeOfAnySize() {
        for (int largest : new int[] {0xFFFF, 0x1_0000, Integer.MAX_VALUE}) {
            var builder = new Ranges.Builder(32);
            builder.append(0, 0, largest);
            builder.append(0, 7, 1);

            Ranges ranges = builder.build();

            assertThat(ranges.size()).isEqualTo(2);
            assertThat(ranges.number(0)).isEqualTo(largest);
            assertThat(ranges.number(1)).isEqualTo(1);
        }
    }

    @Test
    void whatNoDatabaseNeedsTakesNoMemory() {
        assertThat(ranges(128, 2, 0).bytes()).isEqualTo(2 * (8 + 2));
        assertThat(ranges(128, 2, 7).bytes()).isEqualTo(2 * (16 + 2));
        assertThat(ranges(128, 0x1_0000, 0).bytes()).isEqualTo(2 * (8 + 4));
        assertThat(ranges(32, 2, 7).bytes()).isEqualTo(2 * (4 + 2));
    }

    private static Ranges ranges(int width, int largest, long low) {
        var builder = new Ranges.Builder(width);
        builder.append(0, 0, 0);
        builder.append(width == 32 ? 0 : 1, low, largest);
        return builder.build();
    }

    /// Few bits vary, so that borders meet and networks nest often.
    private static long[] address(Random random, int width) {
        long few =
                (long) random.nextInt(16) << 28 | (random.nextInt(4) == 0 ? random.nextInt(4) : 0);
        if (width == 32) return new long[] {0, few & 0xFFFF_FFFFL};
        return random.nextBoolean()
                ? new long[] {few << 32, 0}
                : new long[] {(long) random.nextInt(2) << 63, few << 32};
    }

    private static Ranges random(Random random, int width) {
        List<long[]> firsts = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) firsts.add(address(random, width));
        firsts.sort((a, b) -> Ranges.compare(a[0], a[1], b[0], b[1]));
        var builder = new Ranges.Builder(width);
        builder.append(0, 0, random.nextInt(3));
        for (long[] first : firsts) builder.append(first[0], first[1], random.nextInt(3));
        return builder.build();
    }

    private static List<Network> networks(Random random, int width) {
        List<Network> networks = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            long[] at = address(random, width);
            int length = random.nextInt(width + 1);
            long high = at[0] & ~Addresses.lastHigh(width, 0, length);
            long low = at[1] & ~Addresses.lastLow(width, 0, length);
            Network network = new Network(Addresses.of(width, high, low), length);
            if (!networks.contains(network)) networks.add(network);
        }
        return networks;
    }

    private static int longestMatch(List<Network> networks, int width, long[] address) {
        int best = 0;
        int length = -1;
        for (int i = 0; i < networks.size(); i++) {
            Network network = networks.get(i);
            boolean holds = network.contains(Addresses.of(width, address[0], address[1]));
            if (!holds || network.prefixLength() <= length) continue;
            best = i + 1;
            length = network.prefixLength();
        }
        return best;
    }

    /// The borders of both, their neighbours, and some others.
    private static List<long[]> probes(Random random, Ranges left, Ranges right) {
        List<long[]> probes = new ArrayList<>();
        for (Ranges ranges : List.of(left, right)) {
            for (int i = 0; i < ranges.size(); i++) {
                probes.add(new long[] {ranges.high(i), ranges.low(i)});
                probes.add(new long[] {ranges.lastHigh(i), ranges.lastLow(i)});
            }
        }
        for (int i = 0; i < 20; i++) probes.add(address(random, left.width()));
        return probes;
    }

    private static int numberAt(Ranges ranges, long[] address) {
        return ranges.number(ranges.indexOf(address[0], address[1]));
    }

    private static boolean isTight(Ranges ranges) {
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.number(i) == ranges.number(i - 1)) return false;
        }
        return true;
    }
}
