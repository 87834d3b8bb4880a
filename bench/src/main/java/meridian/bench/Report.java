package meridian.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import meridian.bench.Results.Cell;

/// What came out, in Markdown: the ratios with their goals, and what they are made of.
///
/// @param circumstances a sentence each: when, where, what
record Report(List<String> circumstances, Results results) {

    String text() {
        return """
        %s
        | Meridian | median | lowest to highest | goal | |
        |---|---|---|---|---|
        %s
        Microseconds of processor time of the server for a query, and the rest in its unit; medians:

        | |%s
        |---|%s
        %s"""
                .formatted(
                        lines(circumstances, each -> "- " + each),
                        lines(Goal.ALL, this::row),
                        columns(measure -> " " + title(measure)),
                        columns(_ -> "---"),
                        lines(List.copyOf(results.servers()), this::row));
    }

    private String row(Goal goal) {
        String digits = goal.way() == Goal.Way.RATIO ? "%.2f" : "%.0f";
        String bound = "≤ " + number(digits, goal.most());
        return switch (goal.outcome(results)) {
            case Goal.Outcome.NotMeasured() ->
                    "| %s | not measured | | %s | |".formatted(goal.title(), bound);
            case Goal.Outcome.Measured(var median, var isMet) ->
                    "| %s | %s | %s to %s | %s | %s |"
                            .formatted(
                                    goal.title(),
                                    number(digits, median.middle()),
                                    number(digits, median.lowest()),
                                    number(digits, median.highest()),
                                    bound,
                                    isMet ? "met" : "**not met**");
        };
    }

    private String row(String server) {
        return "| %s |".formatted(server) + columns(measure -> value(new Cell(server, measure)));
    }

    private String value(Cell cell) {
        String digits = cell.measure().isCost() ? " %.2f" : " %.0f";
        return results.median(cell).map(median -> number(digits, median.middle())).orElse("");
    }

    private static String title(Measure measure) {
        return measure.isCost() ? measure.title() : measure.title() + ", " + measure.unit();
    }

    /// Of what was measured.
    private String columns(Function<Measure, String> text) {
        return Arrays.stream(Measure.values())
                .filter(results.measures()::contains)
                .map(measure -> text.apply(measure) + " |")
                .collect(Collectors.joining());
    }

    private static <T> String lines(List<T> all, Function<T, String> line) {
        return all.stream().map(each -> line.apply(each) + "\n").collect(Collectors.joining());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
