package meridian.node.drill;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// What a failover drill measured, as text.
final class FailoverTable {

    private final PrintWriter out;

    FailoverTable(PrintWriter out) {
        this.out = out;
    }

    void print(FailoverDrill.Outcome outcome) {
        out.printf("%n%-44s    p50    p90    p99    max  ms; from 0 to max%n", "");
        legs("traffic leaves: kill", outcome.leaving());
        legs("traffic comes back: start", outcome.returning());
        out.printf(
                "%nmoves without a cause: %d, in %,d answers; %,d time-outs",
                outcome.unexplained(), outcome.answers(), outcome.timeOuts());
        if (outcome.incomplete() > 0)
            out.printf("; %d ways of which a leg was not seen", outcome.incomplete());
        out.println();
        out.flush();
    }

    private void legs(String cause, List<Move> moves) {
        if (moves.isEmpty()) return;
        out.println(cause);
        leg("to the first probe that saw it", moves, Move::untilProbed);
        leg("to the quorum", moves, Move::untilAgreed);
        leg("to the last node's snapshot", moves, Move::untilPublished);
        leg("to the last name server's answer", moves, Move::untilAnswered);
        leg("from the quorum to that answer", moves, Move::fromAgreedToAnswered);
    }

    private void leg(String name, List<Move> moves, Function<Move, Duration> length) {
        var measured = new Distribution(moves.stream().map(length).toList());
        out.printf("  %-42s %s  %s%n", name, measured.text(), measured.histogram(measured.max()));
    }
}
