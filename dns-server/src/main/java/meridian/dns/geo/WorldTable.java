package meridian.dns.geo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import java.util.zip.InflaterInputStream;
import meridian.topology.Coordinates;
import meridian.topology.Place;

/// The embedded geo table: where the world's addresses are, coarsely, so that a fresh clone steers
/// with no download. `docs/geo.md` says what it is made from and how well it agrees with its
/// source; [WorldTableWriter] makes it.
///
/// ```text
/// "MGEO"     4 octets
/// version    1 octet: 1
/// checksum   4 octets: CRC-32C of all that follows
/// the rest   compressed (RFC 1950):
///   places   a count, then of each: country, 2 octets; latitude and longitude, 2 octets each,
///            signed hundredths of a degree. Place 0 is "unknown" and not written.
///   IPv4     a count, then the column of firsts, then the column of places
///   IPv6     the same
/// ```
///
/// A column of firsts holds how far each range's first block is from the one before; a block is a
/// /24 of IPv4 or a /48 of IPv6. A column of places holds the number of each range's place; common
/// places have low numbers. Counts and columns are unsigned numbers of seven bits to an octet, the
/// lowest first, the top bit set on all but the last. Octets are big-endian. Columns apart compress
/// to two thirds of what pairs do.
public final class WorldTable {

    static final int MAGIC = 0x4D47_454F; // "MGEO"
    static final int VERSION = 1;
    static final int HEADER_OCTETS = 9;

    private static final int IPV4_BLOCK_BITS = 8;
    private static final int IPV6_BLOCK_BITS = 16; // of the upper 64

    private WorldTable() {}

    /// The table of this build.
    public static Atlas builtIn() {
        try (InputStream in = WorldTable.class.getResourceAsStream("world.bin")) {
            if (in == null) throw new IllegalStateException("the embedded geo table is missing");
            return read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded geo table cannot be read", e);
        }
    }

    /// Refuses, with a sentence, what is not whole.
    static Atlas read(byte[] table) throws IOException {
        if (table.length < HEADER_OCTETS) throw new IOException("the geo table is cut short");
        ByteBuffer in = ByteBuffer.wrap(table);
        if (in.getInt() != MAGIC || in.get() != VERSION)
            throw new IOException("this is no geo table of version " + VERSION);
        if (in.getInt() != checksum(in.slice()))
            throw new IOException("the geo table is damaged: its checksum does not match");
        var columns = new Columns(inflated(table));
        List<Place> places = columns.places();
        return new Atlas(columns.ipv4(), columns.ipv6(), places);
    }

    static int checksum(ByteBuffer content) {
        var checksum = new CRC32C();
        checksum.update(content);
        return (int) checksum.getValue();
    }

    private static byte[] inflated(byte[] table) throws IOException {
        var compressed =
                new ByteArrayInputStream(table, HEADER_OCTETS, table.length - HEADER_OCTETS);
        try (var inflater = new InflaterInputStream(compressed)) {
            return inflater.readAllBytes();
        }
    }

    /// Reads the columns front to back. Plain arrays and one index: with 4.8 million numbers the
    /// load is felt at every start, and most of it runs before the compiler has seen it.
    private static final class Columns {
        private final byte[] octets;
        private int at;
        private int placeCount;

        Columns(byte[] octets) {
            this.octets = octets;
        }

        List<Place> places() {
            placeCount = (int) number() + 1;
            List<Place> places = new ArrayList<>(placeCount);
            places.add(Place.UNKNOWN);
            for (int i = 1; i < placeCount; i++) places.add(place());
            return places;
        }

        private Place place() {
            var in = ByteBuffer.wrap(octets, at, 6);
            byte[] country = {in.get(), in.get()};
            var coordinates = new Coordinates(in.getShort() / 100.0, in.getShort() / 100.0);
            at += 6;
            return Countries.BUILT_IN.completed(
                    new Place(
                            Optional.empty(),
                            Optional.of(new String(country, StandardCharsets.US_ASCII)),
                            Optional.empty(),
                            OptionalLong.empty(),
                            Optional.of(coordinates),
                            List.of()));
        }

        Ranges ipv4() {
            int[] firsts = new int[(int) number()];
            long block = 0;
            for (int i = 0; i < firsts.length; i++) {
                block += number();
                firsts[i] = (int) (block << IPV4_BLOCK_BITS);
            }
            return new Ipv4Ranges(firsts, numbers(firsts.length));
        }

        Ranges ipv6() {
            long[] highs = new long[(int) number()];
            long block = 0;
            for (int i = 0; i < highs.length; i++) {
                block += number();
                highs[i] = block << IPV6_BLOCK_BITS;
            }
            return Ipv6Ranges.ofHighs(highs, numbers(highs.length));
        }

        private RangeNumbers numbers(int count) {
            var numbers = new RangeNumbers(count, placeCount - 1);
            for (int i = 0; i < count; i++) numbers.set(i, (int) number());
            return numbers;
        }

        private long number() {
            byte octet = octets[at++];
            long value = octet & 0x7F;
            for (int shift = 7; octet < 0; shift += 7) {
                octet = octets[at++];
                value |= (long) (octet & 0x7F) << shift;
            }
            return value;
        }
    }
}
