package meridian.node.drill;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// What a canary measured, by the names that Prometheus reads.
final class CanaryMetrics {

    private static final List<String> WAYS = List.of("left", "returned");
    private static final List<String> LEGS = List.of("first_probe", "quorum", "snapshot", "answer");

    private static final Duration[] BUCKETS =
            List.of(100, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 30_000)
                    .stream()
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter failed;
    private final Counter unexplained;
    private final Counter timeOuts;
    private final Counter measured;
    private final AtomicLong measuredAt = new AtomicLong();

    CanaryMetrics() {
        measured = rounds("measured");
        failed = rounds("failed");
        unexplained =
                Counter.builder("meridian.canary.moves.without.cause")
                        .description("Changes of an answer that nothing was done for")
                        .register(registry);
        timeOuts =
                Counter.builder("meridian.canary.time.outs")
                        .description("Queries of the canary that were not answered")
                        .register(registry);
        Gauge.builder("meridian.canary.measured.timestamp.seconds", measuredAt, AtomicLong::get)
                .description("When a round was last measured whole, in seconds since 1970")
                .register(registry);
        // Before the first is measured, so that it is an increase from nothing.
        for (String way : WAYS) LEGS.forEach(leg -> leg(way, leg));
    }

    private Counter rounds(String outcome) {
        return Counter.builder("meridian.canary.rounds")
                .description("Deaths and returns of the synthetic endpoint")
                .tag("outcome", outcome)
                .register(registry);
    }

    /// @param now when it ended
    void measured(FailoverDrill.Outcome outcome, Instant now) {
        outcome.leaving().forEach(move -> legs("left", move));
        outcome.returning().forEach(move -> legs("returned", move));
        unexplained.increment((double) outcome.unexplained());
        timeOuts.increment((double) outcome.timeOuts());
        if (outcome.incomplete() > 0) {
            failed();
            return;
        }
        measured.increment();
        measuredAt.set(now.getEpochSecond());
    }

    /// A round of which a leg could not be seen.
    void failed() {
        failed.increment();
    }

    /// In the text format of Prometheus.
    String page() {
        return registry.scrape();
    }

    private void legs(String way, Move move) {
        leg(way, "first_probe").record(move.untilProbed());
        leg(way, "quorum").record(move.untilAgreed());
        leg(way, "snapshot").record(move.untilPublished());
        leg(way, "answer").record(move.untilAnswered());
    }

    private Timer leg(String way, String until) {
        return Timer.builder("meridian.canary.move")
                .description("From the endpoint's death, or its return")
                .tag("way", way)
                .tag("until", until)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
