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
        return circumstances.stream().map(line -> "- " + line + "\n").collect(Collectors.joining())
                + "\n| Meridian | median | lowest to highest | goal | |\n|---|---|---|---|---|\n"
                + Goal.ALL.stream().map(this::row).collect(Collectors.joining())
                + "\nMicroseconds of the server's processor time for a query, and the rest in its unit; medians:\n\n| |"
                + columns(
                        measure ->
                                " "
                                        + measure.title()
                                        + (measure.isCost() ? "" : ", " + measure.unit()))
                + "\n|---|"
                + columns(_ -> " ---")
                + "\n"
                + results.servers().stream().map(this::row).collect(Collectors.joining());
    }

    private String row(Goal goal) {
        String digits = goal.way() == Goal.Way.RATIO ? "%.2f" : "%.0f";
        String bound = "≤ " + digits.formatted(goal.most());
        return switch (goal.outcome(results)) {
            case Goal.Outcome.NotMeasured() ->
                    "| %s | not measured | | %s | |\n".formatted(goal.title(), bound);
            case Goal.Outcome.Measured(var median, var isMet) ->
                    "| %s | %s | %s to %s | %s | %s |\n"
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
        return "| "
                + server
                + " |"
                + columns(measure -> " " + value(new Cell(server, measure)))
                + "\n";
    }

    private String value(Cell cell) {
        String digits = cell.measure().isCost() ? "%.2f" : "%.0f";
        return results.median(cell).map(median -> number(digits, median.middle())).orElse("");
    }

    private static String columns(Function<Measure, String> text) {
        return Arrays.stream(Measure.values())
                .map(text)
                .map(cell -> cell + " |")
                .collect(Collectors.joining());
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
