package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// What the product promises to do within a time, where the machine lets it.
///
/// A round that is late says nothing about the product if the machine stood still meanwhile, or
/// kept its processors from the nodes. Then, and only then, it is taken once more.
///
/// @param limit of the promise
/// @param nodes that keep it
record Deadline(Duration limit, List<FleetNode> nodes) {

    /// Does what is promised.
    interface Round {
        /// Tells how long it took.
        Duration take() throws Exception;
    }

    /// Brings everything back to how it was before a round.
    interface Return {
        void take() throws Exception;
    }

    void holds(Round round, Return back) throws Exception {
        Duration took;
        Duration hindered;
        try (var stalls = Stalls.watch()) {
            long waited = mostWaited();
            took = round.take();
            hindered = max(stalls.longest(), Duration.ofNanos(mostWaited() - waited));
        }
        if (took.compareTo(limit) > 0 && hindered.compareTo(Stalls.NOTABLE) > 0) {
            System.out.printf(
                    "  %d ms, of which the machine took %d; once more%n",
                    took.toMillis(), hindered.toMillis());
            back.take();
            took = round.take();
        }
        assertThat(took).isLessThanOrEqualTo(limit);
    }

    /// By the node that waited the longest for a processor, all its threads together.
    private long mostWaited() throws IOException {
        long most = 0;
        for (FleetNode node : nodes)
            most = Math.max(most, new ProcessCost(node.process().pid()).waitedNanos());
        return most;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
