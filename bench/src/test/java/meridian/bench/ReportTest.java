package meridian.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import meridian.bench.Results.Cell;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Results results = results();

    private static Results results() {
        var values = new LinkedHashMap<Cell, List<Double>>();
        values.put(new Cell("Meridian", Measure.PLAIN), List.of(2.0, 2.2, 4.4));
        values.put(new Cell("Meridian", Measure.GEO), List.of(2.4, 2.4, 2.4));
        values.put(new Cell("Meridian", Measure.MEMORY), List.of(250.4));
        values.put(new Cell("gdnsd", Measure.PLAIN), List.of(2.0, 2.0, 4.0));
        values.put(new Cell("gdnsd", Measure.GEO), List.of(2.0, 2.0, 2.0));
        return Results.of(values);
    }

    @Test
    void aRatioIsOfRoundAgainstRound() {
        assertThat(Goal.ALL.getFirst().outcome(results))
                .isEqualTo(new Goal.Outcome.Measured(new Median(1.0, 1.1, 1.1), false));
    }

    @Test
    void whatWasNotMeasuredIsNotMet() {
        assertThat(Goal.ALL.stream().map(goal -> goal.outcome(results)))
                .filteredOn(Goal.Outcome.NotMeasured.class::isInstance)
                .hasSize(Goal.ALL.size() - 3);
    }

    @Test
    void whereMostRoundsGaveNothingTheOthersAreNotTaken() {
        var half = new LinkedHashMap<Cell, List<Double>>();
        half.put(
                new Cell("Meridian", Measure.LATENCY), List.of(50.0, Double.NaN, 60.0, Double.NaN));
        half.put(new Cell("gdnsd", Measure.LATENCY), List.of(50.0, 50.0, 50.0, 50.0));
        Goal goal =
                Goal.ALL.stream()
                        .filter(each -> each.cell().measure() == Measure.LATENCY)
                        .findFirst()
                        .orElseThrow();
        assertThat(goal.outcome(Results.of(half))).isEqualTo(new Goal.Outcome.NotMeasured());
        half.put(new Cell("Meridian", Measure.LATENCY), List.of(50.0, Double.NaN, 60.0, 70.0));
        assertThat(goal.outcome(Results.of(half)))
                .isEqualTo(new Goal.Outcome.Measured(new Median(1.0, 1.2, 1.4), true));
    }

    @Test
    void theTableHasEachGoalAndEachServer() {
        assertThat(new Report(List.of("2026-11-27", "a machine"), results).text())
                .startsWith("- 2026-11-27\n- a machine\n\n| Meridian | median |")
                .contains(
                        "| plain names, to gdnsd | 1.10 | 1.00 to 1.10 | ≤ 1.05 | **not met** |\n")
                .contains(
                        "| steered + ECS, to gdnsd | 1.20 | 1.20 to 1.20 | ≤ 0.90 | **not met** |\n")
                .contains("| plain names, to floor | not measured | | ≤ 1.12 | |\n")
                .contains(
                        "| memory of a node that only answers queries, MB | 250 | 250 to 250 | ≤ 260 | met |\n")
                .contains(
                        """

                        | | plain names | steered + ECS | memory, MB |
                        |---|--- |--- |--- |
                        | Meridian | 2.20 | 2.40 | 250 |
                        | gdnsd | 2.00 | 2.00 | |
                        """);
    }
}
