package meridian.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import meridian.topology.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {

    private static final int DRAWS = 40_000;

    @Test
    void everyEndpointIsNamedWhereThereAreNoMoreThanAnswers() {
        List<Endpoint> endpoints =
                List.of(endpoint(1, 5, ""), endpoint(2, 1, ""), endpoint(3, 1, ""));
        Sampling sampling = Sampling.of(endpoints, 3);
        assertThat(sampling.samples()).hasSize(1);
        assertThat(sampling.at(99)).containsExactlyInAnyOrderElementsOf(endpoints);
    }

    @Test
    void anAnswerNamesOneEndpointOfEachCellBeforeASecond() {
        Sampling sampling =
                Sampling.of(
                        List.of(
                                endpoint(1, 1, "a"),
                                endpoint(2, 1, "b"),
                                endpoint(3, 1, "a"),
                                endpoint(4, 1, "b")),
                        2);
        for (List<Endpoint> sample : sampling.samples()) {
            assertThat(sample)
                    .extracting(endpoint -> endpoint.cell().orElseThrow())
                    .containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void rotationNamesEachEndpointFirstEquallyOften() {
        Sampling sampling = Sampling.of(List.of(endpoint(1, 1, ""), endpoint(2, 9, "")), 2);
        var random = new Random(1);
        long first =
                IntStream.range(0, DRAWS)
                        .filter(_ -> sampling.at(random.nextLong()).getFirst().weight() == 1)
                        .count();
        assertThat((double) first / DRAWS).isCloseTo(0.5, within(0.02));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, 0xffff, 0xffff_ff00_0000_0000L})
    void everyDrawThereIsGivesAWholeSample(long draw) {
        var random = new Random(20261122);
        var endpoints = new ArrayList<Endpoint>();
        for (int i = 0; i < 1_000; i++) {
            int weight = random.nextInt(3) == 0 ? Endpoint.MAX_WEIGHT : 1;
            endpoints.add(Fleet.endpoint("10.0." + i / 250 + "." + i % 250, weight, "c" + i % 7));
        }
        for (int answers : new int[] {1, 3, 16}) {
            Sampling sampling = Sampling.of(endpoints, answers);
            assertThat(sampling.at(draw)).hasSize(answers).doesNotHaveDuplicates();
            assertThat(sampling.samples()).hasSizeLessThanOrEqualTo(1_001);
            assertThat(sampling.samples().stream().flatMap(List::stream).distinct())
                    .as("%d answers leave none out", answers)
                    .hasSize(1_000);
        }
    }

    @Test
    void oneHugeWeightLeavesTheOthersTheirShare() {
        Sampling sampling =
                Sampling.of(
                        List.of(
                                endpoint(1, Endpoint.MAX_WEIGHT, ""),
                                endpoint(2, 1, ""),
                                endpoint(3, 1, "")),
                        2);
        assertThat(sampling.samples()).hasSize(2).allMatch(all -> all.getFirst().weight() > 1);
    }

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anEndpointIsDrawnAsOftenAsItsWeightSays(int seed) {
        var random = new Random(seed);
        var endpoints = new ArrayList<Endpoint>();
        int size = 1 + random.nextInt(9);
        for (int i = 0; i < size; i++) {
            endpoints.add(endpoint(i, 1 + random.nextInt(20), "c" + random.nextInt(3)));
        }
        int answers = 1 + random.nextInt(4);
        Sampling sampling = Sampling.of(endpoints, answers);
        Map<Endpoint, Integer> drawn = draws(sampling, random, Math.min(answers, size));
        assertThat(sampling.samples().size()).isLessThanOrEqualTo(size + 1);
        Map<Endpoint, Double> expected = expected(endpoints, answers);
        for (Endpoint endpoint : endpoints) {
            assertThat(drawn.getOrDefault(endpoint, 0) / (double) DRAWS)
                    .as("seed %d, %s of %s, %d answers", seed, endpoint, endpoints, answers)
                    .isCloseTo(expected.get(endpoint), within(0.02));
        }
    }

    private static Map<Endpoint, Integer> draws(Sampling sampling, Random random, int size) {
        int[] often = new int[sampling.samples().size()];
        for (int i = 0; i < DRAWS; i++) often[sampling.indexOf(random.nextLong())]++;
        var drawn = new HashMap<Endpoint, Integer>();
        for (int i = 0; i < often.length; i++) {
            List<Endpoint> sample = sampling.samples().get(i);
            assertThat(new HashSet<>(sample)).hasSize(size).hasSameSizeAs(sample);
            for (Endpoint endpoint : sample) drawn.merge(endpoint, often[i], Integer::sum);
        }
        return drawn;
    }

    /// In proportion to weight, and never above one: what is cut off there goes to the others.
    private static Map<Endpoint, Double> expected(List<Endpoint> endpoints, int answers) {
        var expected = new HashMap<Endpoint, Double>();
        var left = new ArrayList<>(endpoints);
        int wanted = answers;
        while (!left.isEmpty()) {
            double share = wanted / (double) left.stream().mapToInt(Endpoint::weight).sum();
            List<Endpoint> certain =
                    left.stream().filter(endpoint -> endpoint.weight() * share >= 1).toList();
            if (certain.isEmpty() || wanted == 0) {
                left.forEach(endpoint -> expected.put(endpoint, endpoint.weight() * share));
                return expected;
            }
            certain.forEach(endpoint -> expected.put(endpoint, 1.0));
            left.removeAll(certain);
            wanted -= certain.size();
        }
        return expected;
    }

    private static Endpoint endpoint(int number, int weight, String cell) {
        return Fleet.endpoint("192.0.2." + number, weight, cell);
    }
}
