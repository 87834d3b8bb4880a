package meridian.node.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;

/// `/v1/health` of one node, read until it says what is waited for.
record HealthPage(DemoFleet fleet, Place node) {

    static final int ENDPOINTS =
            Arrays.stream(Place.values()).mapToInt(place -> place.endpoints().size()).sum();

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final long PAUSE_MILLIS = 50;

    /// Until all vantages have voted, and all is well.
    void awaitAllUp() throws NotAsToldException, InterruptedException {
        await(
                votes -> votes.allUp(ENDPOINTS, Place.values().length),
                "all endpoints up",
                START_LIMIT);
    }

    /// Until the vantage says this of every endpoint.
    Votes awaitVotes(Place vantage, String health) throws NotAsToldException, InterruptedException {
        return await(
                votes -> votes.says(vantage, health),
                vantage.node() + " saying " + health + " of all",
                Lookout.LIMIT);
    }

    private Votes await(Predicate<Votes> condition, String what, Duration limit)
            throws NotAsToldException, InterruptedException {
        long began = System.nanoTime();
        String seen = "";
        while (Lookout.since(began).compareTo(limit) < 0) {
            if (!fleet.isRunning(node))
                throw new NotAsToldException("the process of " + node.node() + " ended", node);
            try {
                Votes votes = Votes.of(fleet.api(node).get("/v1/health"));
                if (condition.test(votes)) return votes;
                seen = votes.toString();
            } catch (IOException e) {
                seen = e.toString();
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new NotAsToldException(
                "after %d s %s does not have %s: %s"
                        .formatted(limit.toSeconds(), node.node(), what, seen),
                node);
    }
}
