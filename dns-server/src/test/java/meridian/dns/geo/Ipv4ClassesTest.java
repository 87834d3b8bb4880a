package meridian.dns.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Ipv4ClassesTest {

    /// @param zeros in which the first addresses of all ranges end
    record Shape(int ranges, int zeros, int classes) {}

    static Stream<Shape> shapes() {
        return Stream.of(1, 2, 30, 3_000, 100_000)
                .flatMap(
                        ranges ->
                                Stream.of(0, 3, 8, 17, 31)
                                        .flatMap(
                                                zeros ->
                                                        Stream.of(1, 2, 40, 256, 257, 70_000)
                                                                .map(
                                                                        classes ->
                                                                                new Shape(
                                                                                        ranges,
                                                                                        zeros,
                                                                                        classes))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void anAddressHasTheClassOfItsRangeAndTheWidestBlockWithinItHoweverManyThereAre(Shape shape) {
        var random = new Random(shape.hashCode());
        NavigableMap<Long, Integer> ranges = ranges(shape, random);
        var builder = new Ranges.Builder(32);
        ranges.forEach((first, number) -> builder.append(0, first, number));
        var classes = new Ipv4Classes(builder.build());

        for (int i = 0; i < 2_000; i++) {
            long border = ranges.floorKey(random.nextLong(1L << 32));
            long address = (border + random.nextInt(5) - 2) & 0xffff_ffffL;
            if (random.nextBoolean()) address = random.nextLong(1L << 32);
            int found = classes.find((int) address);
            String where = shape + ", " + Long.toHexString(address);
            assertThat(LocationTable.locationClass(found))
                    .as(where)
                    .isEqualTo(ranges.floorEntry(address).getValue());
            assertThat(LocationTable.scope(found)).as(where).isEqualTo(scope(ranges, address));
        }
    }

    /// Half of them are close together; neighbours differ.
    private static NavigableMap<Long, Integer> ranges(Shape shape, Random random) {
        var ranges = new TreeMap<Long, Integer>(Map.of(0L, shape.classes() - 1));
        for (int i = 1; i < shape.ranges(); i++) {
            long any = random.nextLong(1L << 32);
            long first = random.nextBoolean() ? any : 0xc000_0000L | (any & 0xf_ffffL);
            ranges.put(first >>> shape.zeros() << shape.zeros(), random.nextInt(shape.classes()));
        }
        int before = -1;
        for (var range = ranges.entrySet().iterator(); range.hasNext(); ) {
            int number = range.next().getValue();
            if (number == before) range.remove();
            before = number;
        }
        return ranges;
    }

    private static int scope(NavigableMap<Long, Integer> ranges, long address) {
        long first = ranges.floorKey(address);
        Long next = ranges.higherKey(address);
        long end = next == null ? 1L << 32 : next;
        for (int length = 0; length <= 32; length++) {
            long size = 1L << (32 - length);
            long begin = address / size * size;
            if (begin >= first && begin + size <= end) return length;
        }
        throw new AssertionError("an address is within its range");
    }
}
