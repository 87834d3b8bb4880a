package meridian.steering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import meridian.topology.Endpoint;

/// Draws `answers` of a pool's endpoints, each with a probability in proportion to its weight, and
/// spread over the cells.
///
/// This is systematic sampling (Madow, 1949). The endpoints lie on a line, each as long as its
/// weight, cell after cell; marks at equal distances, one for each answer, are laid over it from a
/// drawn start, and the endpoints under the marks are the answer. An endpoint longer than the
/// distance of the marks is in every answer. So n endpoints have at most n + 1 different samples,
/// all known beforehand: that is what lets them be encoded before anyone asks.
///
/// ```
///   cell a          cell b
///   |--1--|----2----|--1--|----2----|      answers = 2: marks are 3 apart
///      ^                 ^                 one under each half, so one in each cell
/// ```
public final class Sampling {

    private final int[] starts;
    private final List<List<Endpoint>> samples;

    private Sampling(int[] starts, List<List<Endpoint>> samples) {
        this.starts = starts;
        this.samples = List.copyOf(samples);
    }

    /// Lays the endpoints, one at least, on the line.
    public static Sampling of(List<Endpoint> endpoints, int answers) {
        if (endpoints.isEmpty())
            throw new IllegalArgumentException("there is no endpoint to sample from");
        if (answers < 1)
            throw new IllegalArgumentException(
                    "a sample of " + answers + " answers is empty; 1 or more are accepted");
        var certain = new ArrayList<Endpoint>();
        var line = new ArrayList<>(endpoints);
        line.sort(Comparator.comparing(endpoint -> endpoint.cell().orElse("")));
        boolean moved = true;
        while (moved) moved = moveCertain(line, answers - certain.size(), certain);
        if (certain.size() >= answers || line.isEmpty())
            return new Sampling(new int[] {0}, List.of(certain));
        return over(line, answers - certain.size(), certain);
    }

    /// All of the endpoints, whatever is drawn.
    static Sampling ofAll(List<Endpoint> endpoints) {
        return new Sampling(new int[] {0}, List.of(endpoints));
    }

    /// What the same draw gives of each of several: their samples one behind the other.
    static Sampling together(List<Sampling> all) {
        int[] starts =
                all.stream()
                        .flatMapToInt(one -> IntStream.of(one.starts))
                        .sorted()
                        .distinct()
                        .toArray();
        List<List<Endpoint>> samples =
                IntStream.of(starts)
                        .mapToObj(
                                tick ->
                                        all.stream()
                                                .flatMap(one -> one.under(tick).stream())
                                                .toList())
                        .toList();
        return new Sampling(starts, samples);
    }

    private List<Endpoint> under(int tick) {
        int found = Arrays.binarySearch(starts, tick);
        return samples.get(found >= 0 ? found : -found - 2);
    }

    /// The sample that a draw gives, in the order in which to name it.
    public List<Endpoint> at(long draw) {
        List<Endpoint> sample = samples.get(indexOf(draw));
        return rotated(sample, Draw.rotation(draw, sample.size()));
    }

    /// Every sample there is; `indexOf` says which of them a draw gives, before its rotation.
    public List<List<Endpoint>> samples() {
        return samples;
    }

    public int indexOf(long draw) {
        int found = Arrays.binarySearch(starts, Draw.tick(draw));
        return found >= 0 ? found : -found - 2;
    }

    /// Which of the endpoints of a sample a draw names first.
    public static int rotation(long draw, int size) {
        return Draw.rotation(draw, size);
    }

    /// The same elements in the same circle, begun at another.
    public static <T> List<T> rotated(List<T> sample, int by) {
        var rotated = new ArrayList<>(sample.subList(by, sample.size()));
        rotated.addAll(sample.subList(0, by));
        return rotated;
    }

    /// Moves what is in every sample of `wanted` from the line; whether that was anything. Taking
    /// one out shortens the distance of the marks for the others, so this is asked again.
    private static boolean moveCertain(List<Endpoint> line, int wanted, List<Endpoint> certain) {
        long length = length(line);
        List<Endpoint> found =
                line.stream()
                        .filter(endpoint -> (long) endpoint.weight() * wanted >= length)
                        .limit(wanted)
                        .toList();
        line.removeAll(found);
        certain.addAll(found);
        return !found.isEmpty();
    }

    private static Sampling over(List<Endpoint> line, int marks, List<Endpoint> certain) {
        int[] starts = starts(line, marks);
        long[] ends = ends(line);
        List<List<Endpoint>> samples =
                IntStream.of(starts)
                        .mapToObj(
                                tick -> {
                                    var sample = new ArrayList<>(certain);
                                    sample.addAll(under(line, ends, marks, tick));
                                    return List.copyOf(sample);
                                })
                        .toList();
        return new Sampling(starts, samples);
    }

    /// The ticks at which some mark steps onto the next endpoint; 0 is always one.
    private static int[] starts(List<Endpoint> line, int marks) {
        long length = length(line);
        var starts = new TreeSet<Integer>(List.of(0));
        long end = 0;
        for (Endpoint endpoint : line) {
            end += endpoint.weight();
            long tick = Math.ceilDiv(end * marks % length * Draw.TICKS, length);
            if (tick < Draw.TICKS) starts.add((int) tick);
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The endpoints under the marks when the first mark is `tick` ticks of the marks' distance in.
    private static List<Endpoint> under(List<Endpoint> line, long[] ends, int marks, int tick) {
        long length = ends[ends.length - 1];
        var found = new ArrayList<Endpoint>();
        for (int mark = 0; mark < marks; mark++) {
            long at =
                    Math.floorDiv(
                            (tick + (long) mark * Draw.TICKS) * length, (long) marks * Draw.TICKS);
            found.add(line.get(firstBeyond(ends, at)));
        }
        return found;
    }

    private static int firstBeyond(long[] ends, long at) {
        int found = Arrays.binarySearch(ends, at);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private static long[] ends(List<Endpoint> line) {
        var ends = new long[line.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += line.get(i).weight();
            ends[i] = end;
        }
        return ends;
    }

    private static long length(List<Endpoint> line) {
        return line.stream().mapToLong(Endpoint::weight).sum();
    }
}
