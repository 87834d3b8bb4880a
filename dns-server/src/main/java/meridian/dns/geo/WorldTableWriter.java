package meridian.dns.geo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Makes `countries.txt` and `world.bin`, the geo tables of this module, from a database of cities;
/// and measures how well the table agrees with it. The same database gives the same octets.
///
/// Places become a few thousand [Hubs]; ranges are cut at block borders ([Blocks]) and joined until
/// there are few enough ([Runs]). Countries are never joined with one another.
///
/// `docs/geo.md` has the command.
public final class WorldTableWriter {

    /// A hub stands for what is nearer: a tenth of the distances that steering decides by.
    private static final double HUB_REACH_KILOMETRES = 100;

    /// Of each family. More would be nearer to the source, and larger in memory and in the
    /// repository.
    private static final int MOST_RANGES = 1_200_000;

    private WorldTableWriter() {}

    /// Arguments: the folder of the tables, and the databases. Databases alone: measures only.
    public static void main(String[] arguments) throws IOException {
        List<Path> paths = Stream.of(arguments).map(Path::of).toList();
        boolean writes = !paths.isEmpty() && Files.isDirectory(paths.getFirst());
        List<Path> databases = writes ? paths.subList(1, paths.size()) : paths;
        if (databases.isEmpty())
            throw new IllegalArgumentException(
                    "name the folder of the tables and the databases, or databases to measure against");
        Atlas source = source(databases);
        byte[] table = writes ? write(paths.getFirst(), source) : new byte[0];
        Atlas world = writes ? WorldTable.read(table) : WorldTable.builtIn();
        System.out.print(WorldTableAgreement.of(source, world));
    }

    private static Atlas source(List<Path> databases) {
        return switch (GeoLoad.read(databases)) {
            case GeoLoad.Loaded loaded -> loaded.atlas();
            case GeoLoad.Refused refused ->
                    throw new IllegalArgumentException(
                            refused.reasons().stream()
                                    .map(GeoLoad.Reason::toString)
                                    .collect(Collectors.joining("\n")));
        };
    }

    private static byte[] write(Path folder, Atlas source) throws IOException {
        byte[] table = table(source, HUB_REACH_KILOMETRES, MOST_RANGES);
        Files.write(folder.resolve("world.bin"), table);
        Path countries = folder.resolve("countries.txt");
        Files.write(countries, Centroids.of(source).into(Files.readAllLines(countries)));
        return table;
    }

    /// The table as octets, in the format of [WorldTable].
    static byte[] table(Atlas source, double reach, int mostRanges) {
        var hubs = new Hubs(source.places(), weights(source), reach);
        List<List<Runs.Run>> families =
                Stream.of(source.ipv4(), source.ipv6())
                        .map(ranges -> runs(ranges, hubs).joinedTo(mostRanges))
                        .toList();
        return encoded(hubs.hubs(), families);
    }

    private static double[] weights(Atlas source) {
        double[] weights = new double[source.places().size()];
        for (Ranges ranges : List.of(source.ipv4(), source.ipv6())) {
            double unit = ranges.width() == 32 ? 256 : 1;
            for (int i = 0; i < ranges.size(); i++)
                weights[ranges.number(i)] += AddressSample.weight(ranges, i) / unit;
        }
        return weights;
    }

    private static Runs runs(Ranges ranges, Hubs hubs) {
        var runs =
                new Runs(
                        hubs.hubs(),
                        ranges.width() == 32 ? 1 << 24 : AddressSample.HEAVIEST_IPV6_RANGE);
        Blocks.fill(runs, ranges, hubs::hubOf);
        return runs;
    }

    private static byte[] encoded(List<Hubs.Hub> hubs, List<List<Runs.Run>> families) {
        int[] order = byUse(hubs.size(), families);
        int[] numberOf = new int[order.length];
        for (int i = 0; i < order.length; i++) numberOf[order[i]] = i;
        var columns = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(new DeflaterOutputStream(columns, new Deflater(9)))) {
            number(out, order.length - 1);
            for (int i = 1; i < order.length; i++) place(out, hubs.get(order[i]));
            for (List<Runs.Run> runs : families) family(out, runs, numberOf);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return withHeader(columns.toByteArray());
    }

    /// Hub 0 stays first: it is "unknown".
    private static int[] byUse(int hubs, List<List<Runs.Run>> families) {
        long[] uses = new long[hubs];
        families.forEach(runs -> runs.forEach(run -> uses[run.hub()]++));
        return IntStream.range(0, hubs)
                .boxed()
                .sorted(Comparator.comparingLong(hub -> hub == 0 ? Long.MIN_VALUE : -uses[hub]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void place(DataOutputStream out, Hubs.Hub hub) throws IOException {
        out.write(hub.country().getBytes(StandardCharsets.US_ASCII));
        out.writeShort(hundredths(hub.at().latitude()));
        out.writeShort(hundredths(hub.at().longitude()));
    }

    private static int hundredths(double degrees) {
        return Math.toIntExact(Math.round(100 * degrees));
    }

    private static void family(DataOutputStream out, List<Runs.Run> runs, int[] numberOf)
            throws IOException {
        number(out, runs.size());
        long before = 0;
        for (Runs.Run run : runs) {
            number(out, run.first() - before);
            before = run.first();
        }
        for (Runs.Run run : runs) number(out, numberOf[run.hub()]);
    }

    private static void number(DataOutputStream out, long value) throws IOException {
        long left = value;
        for (; left > 0x7F; left >>>= 7) out.write((int) ((left & 0x7F) | 0x80));
        out.write((int) left);
    }

    private static byte[] withHeader(byte[] columns) {
        return ByteBuffer.allocate(WorldTable.HEADER_OCTETS + columns.length)
                .putInt(WorldTable.MAGIC)
                .put((byte) WorldTable.VERSION)
                .putInt(WorldTable.checksum(ByteBuffer.wrap(columns)))
                .put(columns)
                .array();
    }
}
