package meridian.node.drill;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// What a drill of faults came to, a row for each.
final class FaultTable {

    private static final String ROW = "%-16s %7s %8s %6s %6s %8s %6s %8s %7s %7s %7s %7s %5s  %s%n";

    private final PrintWriter out;

    FaultTable(PrintWriter out) {
        this.out = out;
    }

    void head() {
        out.printf(
                ROW, "", "", "", "-----", "wrong:", "to the", "------", "by the", "moved", "agreed",
                "heard", "seen", "out", "");
        out.printf(
                ROW,
                "fault",
                "queries",
                "time-out",
                "empty",
                "error",
                "drained",
                "dead",
                "rules",
                "after s",
                "after s",
                "after s",
                "after s",
                "",
                "");
        out.flush();
    }

    void row(Trial.Outcome outcome) {
        out.printf(
                ROW,
                outcome.fault().word(),
                sum(outcome, Judgement::queries),
                sum(outcome, Judgement::timeOuts),
                sum(outcome, Judgement::empty),
                sum(outcome, Judgement::errors),
                sum(outcome, Judgement::drained),
                sum(outcome, Judgement::dead),
                sum(outcome, Judgement::allowed),
                seconds(moved(outcome)),
                seconds(outcome.agreed().map(Agreement::same)),
                seconds(outcome.agreed().map(Agreement::heard)),
                seconds(outcome.agreed().map(Agreement::right)),
                outcome.out(),
                outcome.isGood() ? "ok" : "FAILED");
        outcome.problems().forEach(problem -> out.println("  " + problem));
        out.flush();
    }

    void foot(boolean good) {
        out.println();
        out.println(
                "by the rules  answers that lead to the dead region where nothing else was up, or from a server");
        out.println("              that heard too few vantages for a quorum: its verdicts stand");
        out.println(
                "moved         the last answer that led to the dead region, of servers that heard a quorum");
        out.println(
                "agreed        after the mending, all nodes held the same verdicts and intents, and answered alike");
        out.println(
                "heard         all had a report of each vantage that was three seconds old at most");
        out.println(
                "seen          all took each endpoint for what it is, by votes of all: what was hidden passed its probes");
        out.println(
                "out           times that a region left for which nothing was done, on the node that saw the most");
        out.println();
        out.println(good ? "No answer was wrong." : "Some answers were wrong.");
        out.flush();
    }

    private static int sum(Trial.Outcome outcome, ToIntFunction<Judgement> count) {
        return outcome.byServer().values().stream().mapToInt(count).sum();
    }

    private static Optional<Duration> moved(Trial.Outcome outcome) {
        return outcome.byServer().values().stream()
                .filter(judgement -> judgement.allowed() == 0)
                .flatMap(judgement -> judgement.changed().stream())
                .max(Comparator.naturalOrder());
    }

    private static String seconds(Optional<Duration> duration) {
        return duration.map(d -> String.format(Locale.ROOT, "%.1f", d.toMillis() / 1000.0))
                .orElse("-");
    }
}
