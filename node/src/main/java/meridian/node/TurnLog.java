package meridian.node;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import meridian.dns.ready.Edition;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Health;
import meridian.health.Vote;
import meridian.health.WatchKey;
import meridian.steering.PoolState;
import meridian.steering.ServiceState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A line in the log for each verdict that turned: what, from what, to what, and by whose votes.
final class TurnLog {

    private static final Logger LOG = LoggerFactory.getLogger(TurnLog.class);

    void tell(SnapshotKeeper.Step step) {
        for (SnapshotKeeper.Turn turn : step.turns()) {
            LOG.info(
                    "{} was {} and is {}: {}",
                    String.join(", ", subjects(step.edition(), turn.key())),
                    word(turn.before()),
                    word(turn.after().health()),
                    turn.votes().stream().map(TurnLog::text).collect(Collectors.joining(", ")));
        }
    }

    private static List<String> subjects(Edition edition, WatchKey key) {
        var subjects = new ArrayList<String>();
        BitSet concerned = edition.serving().concerned(List.of(key));
        for (int i = concerned.nextSetBit(0); i >= 0; i = concerned.nextSetBit(i + 1)) {
            ServiceState state = edition.states().get(i);
            for (PoolState pool : state.pools()) {
                pool.endpoints().stream()
                        .map(PoolState.Measured::endpoint)
                        .filter(
                                endpoint ->
                                        state.service()
                                                .monitor()
                                                .flatMap(monitor -> WatchKey.of(endpoint, monitor))
                                                .filter(key::equals)
                                                .isPresent())
                        .forEach(
                                endpoint ->
                                        subjects.add(
                                                state.service().id()
                                                        + " "
                                                        + pool.pool().region()
                                                        + " "
                                                        + endpoint.destination()));
            }
        }
        return subjects;
    }

    private static String text(Vote vote) {
        String reason = vote.reason().isEmpty() ? "" : " (" + vote.reason() + ")";
        return vote.vantage() + " says " + word(vote.health()) + reason;
    }

    private static String word(Health health) {
        return health.name().toLowerCase(Locale.ROOT);
    }
}
