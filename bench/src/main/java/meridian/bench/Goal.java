package meridian.bench;

import java.util.List;
import java.util.stream.IntStream;
import meridian.bench.Results.Cell;

/// A figure that Meridian is to reach, and how it follows from what was measured.
///
/// @param cell of Meridian
/// @param other what it is compared with
/// @param most the largest value with which the goal is met
record Goal(String title, Cell cell, Cell other, Way way, double most) {

    static final String MERIDIAN = "Meridian";
    static final String TWO_WORKERS = "Meridian, two workers";
    static final String SIGNED = "Meridian, signed";
    static final String HASHED = "Meridian, signed with NSEC3";
    static final String LOADED = "Meridian, after its start";
    static final String BARE = "Meridian, without the networks and names";

    /// The order of the table.
    static final List<Goal> ALL =
            List.of(
                    toPeer("gdnsd", Measure.PLAIN, 1.05),
                    toPeer("gdnsd", Measure.GEO, 0.90),
                    toPeer("gdnsd", Measure.NX, 1.05),
                    toPeer("floor", Measure.PLAIN, 1.12),
                    toPeer("floor", Measure.GEO, 1.12),
                    toPeer("floor", Measure.NX, 1.12),
                    new Goal(
                            "a cookie in each query, to without",
                            new Cell(MERIDIAN, Measure.COOKIE),
                            new Cell(MERIDIAN, Measure.GEO),
                            Way.RATIO,
                            1.10),
                    new Goal(
                            "steered + ECS + DO in a signed zone, to without DO in one that is not",
                            new Cell(SIGNED, Measure.SIGNED_GEO),
                            new Cell(MERIDIAN, Measure.GEO),
                            Way.RATIO,
                            1.25),
                    new Goal(
                            "random names + DO in a signed zone, to without DO in one that is not",
                            new Cell(SIGNED, Measure.SIGNED_NX),
                            new Cell(MERIDIAN, Measure.NX),
                            Way.RATIO,
                            1.5),
                    new Goal(
                            "the same with NSEC3",
                            new Cell(HASHED, Measure.SIGNED_NX),
                            new Cell(MERIDIAN, Measure.NX),
                            Way.RATIO,
                            1.5),
                    toPeer("Knot", Measure.GEO, 0.45),
                    toPeer("PowerDNS", Measure.GEO, 0.27),
                    new Goal(
                            "two workers on two cores, to one",
                            new Cell(TWO_WORKERS, Measure.WORKERS),
                            new Cell(MERIDIAN, Measure.PLAIN),
                            Way.RATIO,
                            1.10),
                    toPeer("gdnsd", Measure.TCP, 1.30),
                    toPeer("gdnsd", Measure.LATENCY, 1.2),
                    new Goal(
                            "memory for 250,000 networks and 1,000 names, MB",
                            new Cell(LOADED, Measure.MEMORY),
                            new Cell(BARE, Measure.MEMORY),
                            Way.DIFFERENCE,
                            60),
                    new Goal(
                            "memory of a node that only answers queries, MB",
                            new Cell(MERIDIAN, Measure.MEMORY),
                            new Cell(MERIDIAN, Measure.MEMORY),
                            Way.ITSELF,
                            260));

    enum Way {
        RATIO,
        DIFFERENCE,
        ITSELF
    }

    /// What it came to.
    sealed interface Outcome {

        record Measured(Median median, boolean isMet) implements Outcome {}

        record NotMeasured() implements Outcome {}
    }

    private static Goal toPeer(String peer, Measure measure, double most) {
        return new Goal(
                measure.title() + ", to " + peer,
                new Cell(MERIDIAN, measure),
                new Cell(peer, measure),
                Way.RATIO,
                most);
    }

    /// Round against round: what disturbed a whole round is in both. Where most rounds gave
    /// nothing, the others are chance.
    Outcome outcome(Results results) {
        List<Double> ours = results.rounds(cell);
        List<Double> others = results.rounds(other);
        int rounds = Math.min(ours.size(), others.size());
        List<Double> values =
                IntStream.range(0, rounds)
                        .mapToObj(i -> value(ours.get(i), others.get(i)))
                        .filter(Double::isFinite)
                        .toList();
        if (values.size() * 2 <= rounds) return new Outcome.NotMeasured();
        Median median = Median.of(values);
        return new Outcome.Measured(median, median.middle() <= most);
    }

    private double value(double one, double another) {
        return switch (way) {
            case RATIO -> one / another;
            case DIFFERENCE -> one - another;
            case ITSELF -> one;
        };
    }
}
