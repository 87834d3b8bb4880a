package meridian.node;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import meridian.dns.ready.SnapshotKeeper;
import meridian.dns.ready.WatchedEndpoint;
import meridian.health.Health;
import meridian.health.Vote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A line in the log for each verdict that turned: what, from what, to what, and by whose votes.
final class TurnLog {

    private static final Logger LOG = LoggerFactory.getLogger(TurnLog.class);
    private static final int NAMED = 10;

    void tell(SnapshotKeeper.Step step) {
        for (SnapshotKeeper.Turn turn : step.turns()) {
            LOG.info(
                    "{} was {} and is {}: {}",
                    subjects(step.edition().serving().endpoints(turn.key())),
                    word(turn.before()),
                    word(turn.after().health()),
                    step.votes(turn.key()).stream()
                            .map(TurnLog::text)
                            .collect(Collectors.joining(", ")));
        }
    }

    /// The first of them, and how many more there are: thousands of services may be in one place.
    static String subjects(List<WatchedEndpoint> endpoints) {
        String named =
                endpoints.stream()
                        .limit(NAMED)
                        .map(TurnLog::subject)
                        .collect(Collectors.joining(", "));
        int more = endpoints.size() - NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private static String subject(WatchedEndpoint watched) {
        return watched.service().id()
                + " "
                + watched.pool().region()
                + " "
                + watched.endpoint().destination();
    }

    private static String text(Vote vote) {
        String reason = vote.reason().isEmpty() ? "" : " (" + vote.reason() + ")";
        return vote.vantage() + " says " + word(vote.health()) + reason;
    }

    private static String word(Health health) {
        return health.name().toLowerCase(Locale.ROOT);
    }
}
