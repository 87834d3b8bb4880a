package meridian.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is measured of a server.
enum Measure {
    PLAIN("plain names", "µs", Queries.Kind.PLAIN),
    GEO("steered + ECS", "µs", Queries.Kind.STEERED),
    NX("random names", "µs", Queries.Kind.MISSING),
    SIGNED_GEO("steered + ECS + DO, signed", "µs", Queries.Kind.SIGNED_STEERED),
    SIGNED_NX("random names + DO, signed", "µs", Queries.Kind.SIGNED_MISSING),
    COOKIE("steered + ECS + cookie", "µs", Queries.Kind.COOKIE),

    /// Eight connections that stay.
    TCP("plain names, TCP", "µs", Queries.Kind.PLAIN),

    /// Plain names, asked of as many workers as the server has cores.
    WORKERS("plain names, two cores", "µs", Queries.Kind.PLAIN),

    /// Steered + ECS at half of the rate that the usual peer answers under full load.
    LATENCY("p99 at half load", "µs", Queries.Kind.STEERED),

    /// Resident, after all the rest.
    MEMORY("memory", "MB", Queries.Kind.PLAIN);

    private final String title;
    private final String unit;
    private final Queries.Kind kind;

    Measure(String title, String unit, Queries.Kind kind) {
        this.title = title;
        this.unit = unit;
        this.kind = kind;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    Queries.Kind kind() {
        return kind;
    }

    /// Processor time for a query, under as much load as one core makes.
    boolean isCost() {
        return this != LATENCY && this != MEMORY;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Measure> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Measure::word).collect(Collectors.joining(", "));
    }
}
