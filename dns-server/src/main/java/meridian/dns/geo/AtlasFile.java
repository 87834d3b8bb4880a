package meridian.dns.geo;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import meridian.topology.Continent;
import meridian.topology.Coordinates;
import meridian.topology.Place;

/// An atlas on disk, exactly as it is in memory, so that a node that starts again answers at once:
/// to read a database of cities takes five seconds of CPU, and this a few tenths.
///
/// ```text
/// "MATL"     4 octets
/// version    4 octets: 1
/// checksum   4 octets: CRC-32C of all that follows
/// head       4 octets of length, then the source and the places
/// IPv4       a count, then the firsts, then the numbers of their places, 4 octets each
/// IPv6       a count, then the upper halves of the firsts, the lower, 8 octets each, and the numbers
/// ```
///
/// It is a copy of what other files say, and worth nothing else: whatever is wrong with it, those
/// are read again.
public final class AtlasFile {

    private static final int MAGIC = 0x4D41_544C; // "MATL"
    private static final int VERSION = 1;
    private static final int HEADER_OCTETS = 12;
    private static final int AT_ONCE = 1 << 16;

    private AtlasFile() {}

    /// Replaces the file, whole or not at all.
    ///
    /// It is written and not mapped: where the disk is full, to touch a mapping is an Error.
    ///
    /// @param source what tells this atlas from others
    public static void write(Path file, String source, Atlas atlas) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            writeAnew(part, source, atlas);
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    private static void writeAnew(Path file, String source, Atlas atlas) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            channel.position(HEADER_OCTETS);
            var checksum = new CRC32C();
            var checked = new CheckedOutputStream(Channels.newOutputStream(channel), checksum);
            var out = new DataOutputStream(new BufferedOutputStream(checked, AT_ONCE));
            byte[] head = head(source, atlas.places());
            out.writeInt(head.length);
            out.write(head);
            putIpv4(out, atlas.ipv4());
            putIpv6(out, atlas.ipv6());
            out.flush();
            ByteBuffer header = ByteBuffer.allocate(HEADER_OCTETS).putInt(MAGIC).putInt(VERSION);
            channel.position(0);
            Channels.newOutputStream(channel)
                    .write(header.putInt((int) checksum.getValue()).array());
        }
    }

    /// Empty if there is no such file, if it is not whole, or if it is of another source.
    public static Optional<Atlas> read(Path file, String source) {
        if (!Files.isRegularFile(file)) return Optional.empty();
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer in = channel.map(MapMode.READ_ONLY, 0, channel.size());
            if (in.getInt() != MAGIC || in.getInt() != VERSION) return Optional.empty();
            if (in.getInt() != WorldTable.checksum(in.slice())) return Optional.empty();
            return atlas(in, source);
        } catch (IOException | BufferUnderflowException _) {
            return Optional.empty();
        }
    }

    private static Optional<Atlas> atlas(ByteBuffer in, String source) throws IOException {
        byte[] octets = new byte[in.getInt()];
        in.get(octets);
        var head = new DataInputStream(new ByteArrayInputStream(octets));
        if (!head.readUTF().equals(source)) return Optional.empty();
        List<Place> places = places(head);
        return Optional.of(new Atlas(ipv4(in), ipv6(in), places));
    }

    private static byte[] head(String source, List<Place> places) throws IOException {
        var octets = new ByteArrayOutputStream();
        var head = new DataOutputStream(octets);
        head.writeUTF(source);
        head.writeInt(places.size());
        for (Place place : places) put(place, head);
        return octets.toByteArray();
    }

    /// The orders of a networks file are laid over an atlas at each start, and are not in here.
    private static void put(Place place, DataOutputStream out) throws IOException {
        if (!place.order().isEmpty())
            throw new IllegalArgumentException("the place " + place + " has an order of its own");
        out.writeUTF(place.continent().map(Enum::name).orElse(""));
        out.writeUTF(place.country().orElse(""));
        out.writeUTF(place.subdivision().orElse(""));
        out.writeLong(place.asNumber().orElse(0));
        out.writeBoolean(place.coordinates().isPresent());
        if (place.coordinates().isEmpty()) return;
        out.writeDouble(place.coordinates().get().latitude());
        out.writeDouble(place.coordinates().get().longitude());
    }

    private static List<Place> places(DataInputStream in) throws IOException {
        int count = in.readInt();
        var places = new ArrayList<Place>(count);
        for (int i = 0; i < count; i++) places.add(place(in));
        return places;
    }

    private static Place place(DataInputStream in) throws IOException {
        return new Place(
                text(in).map(Continent::valueOf),
                text(in),
                text(in),
                asNumber(in.readLong()),
                in.readBoolean()
                        ? Optional.of(new Coordinates(in.readDouble(), in.readDouble()))
                        : Optional.empty(),
                List.of());
    }

    private static Optional<String> text(DataInputStream in) throws IOException {
        return Optional.of(in.readUTF()).filter(text -> !text.isEmpty());
    }

    private static OptionalLong asNumber(long number) {
        return number == 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private static void putIpv4(DataOutputStream out, Ranges ranges) throws IOException {
        out.writeInt(ranges.size());
        for (int i = 0; i < ranges.size(); i++) out.writeInt((int) ranges.low(i));
        putNumbers(out, ranges);
    }

    private static void putIpv6(DataOutputStream out, Ranges ranges) throws IOException {
        out.writeInt(ranges.size());
        for (int i = 0; i < ranges.size(); i++) out.writeLong(ranges.high(i));
        for (int i = 0; i < ranges.size(); i++) out.writeLong(ranges.low(i));
        putNumbers(out, ranges);
    }

    private static void putNumbers(DataOutputStream out, Ranges ranges) throws IOException {
        for (int i = 0; i < ranges.size(); i++) out.writeInt(ranges.number(i));
    }

    private static Ranges ipv4(ByteBuffer in) {
        int count = in.getInt();
        int[] firsts = ints(in, count);
        return new Ipv4Ranges(firsts, RangeNumbers.of(ints(in, count)));
    }

    private static Ranges ipv6(ByteBuffer in) {
        int count = in.getInt();
        long[] highs = longs(in, count);
        long[] lows = longs(in, count);
        return new Ipv6Ranges(highs, lows, RangeNumbers.of(ints(in, count)));
    }

    private static int[] ints(ByteBuffer in, int count) {
        int[] ints = new int[count];
        in.asIntBuffer().get(ints);
        in.position(in.position() + Integer.BYTES * count);
        return ints;
    }

    private static long[] longs(ByteBuffer in, int count) {
        long[] longs = new long[count];
        in.asLongBuffer().get(longs);
        in.position(in.position() + Long.BYTES * count);
        return longs;
    }
}
