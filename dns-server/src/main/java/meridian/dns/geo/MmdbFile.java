package meridian.dns.geo;

import com.maxmind.db.Metadata;
import com.maxmind.db.Reader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One database in MaxMind's format, read whole into an [Atlas].
///
/// The library decodes the records; the search tree is walked here, because one record stands at
/// many leaves and the library would decode it at each. (Measured on the 6.3 million leaves of
/// DB-IP's IPv4 cities: 23 s by the library's iteration, 5 s by this.)
///
/// A file is untrusted input. What the tree cannot mean refuses the file; what a record cannot mean
/// is left out and told. The database's own name for its type is not looked at.
final class MmdbFile {

    /// A record that the tree points at begins after this gap.
    private static final int DATA_SEPARATOR = 16;

    private static final int DEPTH_OF_IPV4 = 96;

    private final String name;
    private final Reader records;
    private final long nodeCount;
    private final SearchTree tree;
    private final long bytesAfterTree;
    private final int width;
    private final long ipv4Root;

    private final MmdbRecords places;
    private final LongIntTable placeOfRecord = new LongIntTable();
    private final Ranges.Builder ipv4 = new Ranges.Builder(32);
    private final Ranges.Builder ipv6 = new Ranges.Builder(128);
    private long stepsLeft;

    static GeoLoad read(Path path) {
        try {
            return new MmdbFile(path.toString(), Files.readAllBytes(path)).load();
        } catch (NoSuchFileException _) {
            return refused(path, "there is no such file");
        } catch (Unusable e) {
            return refused(path, e.reason);
        } catch (IOException e) {
            return refused(path, "it cannot be read: " + e.getMessage());
        } catch (OutOfMemoryError _) {
            return refused(path, "it is larger than 2 GiB or than the memory of this process");
        }
    }

    private static GeoLoad refused(Path path, String why) {
        return new GeoLoad.Refused(List.of(new GeoLoad.Reason(Optional.of(path), why)));
    }

    /// The file is no database that could be used; the message says why, without the file's name.
    private static final class Unusable extends IOException {
        private final String reason;

        Unusable(String reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private MmdbFile(String name, byte[] file) throws IOException {
        this.name = name;
        this.records = open(file);
        Metadata metadata = records.getMetadata();
        this.nodeCount = metadata.nodeCount();
        this.width = width(metadata);
        this.tree = tree(file, metadata);
        this.bytesAfterTree = file.length - nodeCount * metadata.recordSize() / 4;
        this.places = new MmdbRecords(Countries.BUILT_IN);
        this.ipv4Root = width == 32 ? 0 : ipv4Root();
        this.stepsLeft = 8 * nodeCount + 1024;
    }

    /// The library answers a damaged file with whatever its decoder stumbles over.
    private static Reader open(byte[] file) throws IOException {
        try {
            return new Reader(new ByteArrayInputStream(file));
        } catch (IOException | RuntimeException e) {
            throw new Unusable("it is no database in MaxMind's format (" + message(e) + ")");
        }
    }

    private static String message(Exception e) {
        if (e.getMessage() == null) return e.getClass().getSimpleName();
        // It was handed octets, and has no name of its own for them.
        return e.getMessage().replace(" (<InputStream>)", "");
    }

    private static int width(Metadata metadata) throws IOException {
        return switch (metadata.ipVersion()) {
            case 4 -> 32;
            case 6 -> 128;
            default ->
                    throw new Unusable(
                            "its metadata says IP version "
                                    + metadata.ipVersion()
                                    + "; 4 or 6 is accepted");
        };
    }

    private static SearchTree tree(byte[] file, Metadata metadata) throws IOException {
        int recordSize = metadata.recordSize();
        if (recordSize != 24 && recordSize != 28 && recordSize != 32)
            throw new Unusable(
                    "its metadata says records of "
                            + recordSize
                            + " bits; 24, 28 or 32 is accepted");
        long treeBytes = metadata.nodeCount() * recordSize / 4;
        if (metadata.nodeCount() < 1 || treeBytes + DATA_SEPARATOR > file.length)
            throw new Unusable(
                    "its search tree of "
                            + metadata.nodeCount()
                            + " nodes would end at byte "
                            + treeBytes
                            + ", but the file has "
                            + file.length);
        return new SearchTree(file, recordSize);
    }

    /// The node all IPv4 addresses are under; a leaf where the tree ends above it.
    private long ipv4Root() {
        long node = 0;
        for (int depth = 0; depth < DEPTH_OF_IPV4 && node < nodeCount; depth++) {
            node = tree.child(node, 0);
        }
        return node;
    }

    private GeoLoad load() throws IOException {
        ipv4.append(0, 0, 0);
        ipv6.append(0, 0, 0);
        walk(0, 128 - width, 0, 0);
        var atlas = new Atlas(ipv4.build(), ipv6.build(), places.distinct());
        return new GeoLoad.Loaded(atlas, places.remarks(name));
    }

    /// Visits the leaves in the order of addresses. `depth` counts from the top of 128 bits for
    /// IPv4 too, so that the IPv4 half of an IPv6 tree is walked like an IPv4 tree.
    private void walk(long node, int depth, long high, long low) throws IOException {
        if (stepsLeft-- == 0)
            throw new Unusable(
                    "its search tree leads to the same nodes again and again (at "
                            + place(depth, high, low)
                            + ")");
        if (isAlias(node, depth, high, low)) {
            append(depth, high, low, 0);
        } else if (node >= nodeCount) {
            append(depth, high, low, placeNumber(node, depth, high, low));
        } else if (depth == 128) {
            throw new Unusable(
                    "its search tree goes deeper than an address (at "
                            + place(depth, high, low)
                            + ")");
        } else {
            walk(tree.child(node, 0), depth + 1, high, low);
            long upperBit = depth < 64 ? 1L << (63 - depth) : 0;
            long lowerBit = depth < 64 ? 0 : 1L << (127 - depth);
            walk(tree.child(node, 1), depth + 1, high | upperBit, low | lowerBit);
        }
    }

    /// Databases lead ::ffff:0:0/96, 2002::/16 and the like to their IPv4 half, which is read once.
    private boolean isAlias(long node, int depth, long high, long low) {
        return width == 128
                && node == ipv4Root
                && node < nodeCount
                && (depth != DEPTH_OF_IPV4 || (high | low) != 0);
    }

    private void append(int depth, long high, long low, int number) {
        boolean holdsIpv4 = depth <= DEPTH_OF_IPV4 && (high | low) == 0;
        boolean withinIpv4 = depth > DEPTH_OF_IPV4 && high == 0 && low <= 0xFFFF_FFFFL && low >= 0;
        if (holdsIpv4 || withinIpv4) ipv4.append(0, low, number);
        if (!withinIpv4) ipv6.append(high, low, number);
    }

    private int placeNumber(long leaf, int depth, long high, long low) throws IOException {
        if (leaf == nodeCount) return 0;
        if (leaf - nodeCount > bytesAfterTree)
            throw new Unusable(
                    "its search tree leads beyond the end of the file (at "
                            + place(depth, high, low)
                            + ")");
        int number = placeOfRecord.get(leaf);
        if (number == LongIntTable.ABSENT) {
            number = places.number(record(leaf, depth, high, low));
            placeOfRecord.put(leaf, number);
        }
        return number;
    }

    private Object record(long leaf, int depth, long high, long low) throws IOException {
        try {
            boolean ipv4Leaf = depth > DEPTH_OF_IPV4 && high == 0 && low >>> 32 == 0;
            var address = Addresses.of(ipv4Leaf ? 32 : 128, high, low);
            Object record = records.get(address, Object.class);
            return record == null ? Map.of() : record;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new Unusable(
                    "the record of "
                            + place(depth, high, low)
                            + " at position "
                            + (leaf - nodeCount - DATA_SEPARATOR)
                            + " of its data cannot be decoded");
        }
    }

    private String place(int depth, long high, long low) {
        boolean four = depth > DEPTH_OF_IPV4 && high == 0 && low >>> 32 == 0;
        String first = Addresses.of(four ? 32 : 128, high, low).getHostAddress();
        return first + "/" + (four ? depth - DEPTH_OF_IPV4 : depth);
    }
}
