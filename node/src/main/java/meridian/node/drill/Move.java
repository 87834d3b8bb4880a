package meridian.node.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One way of a failover: traffic leaves a region, or comes back to it. Moments are by the clocks
/// of the nodes and of this process, which on one machine are one clock.
///
/// @param cause the backends were told to stop, or to start
/// @param probed the first probe that saw it, at any vantage
/// @param agreed the first node counted a quorum
/// @param published the last node published a snapshot with it
/// @param answered the last name server's answer came to a client
record Move(Instant cause, Instant probed, Instant agreed, Instant published, Instant answered) {

    /// What it was that moved.
    ///
    /// @param back whether traffic comes back; else it leaves
    /// @param addresses of the region that are probed
    record Sought(Instant cause, String region, boolean back, Set<String> addresses) {

        private String health() {
            return back ? "up" : "down";
        }

        private boolean arrived(Reply reply) {
            return reply.leadsTo(region) == back;
        }
    }

    /// Puts it together; empty where a leg of it cannot be seen.
    ///
    /// @param turns of each node that was asked
    /// @param replies of each server, to the client that was moved, by when they were sent
    static Optional<Move> of(
            Sought sought, Map<String, List<Turn>> turns, Collection<List<Reply>> replies) {
        Optional<Instant> probed =
                turns.values().stream()
                        .flatMap(
                                of ->
                                        Turn.first(of, "result", sought.health(), sought.addresses)
                                                .stream())
                        .min(Comparator.naturalOrder());
        List<Instant> agreed =
                turns.values().stream().flatMap(of -> agreed(sought, of).stream()).toList();
        List<Instant> published =
                turns.values().stream()
                        .flatMap(
                                of ->
                                        agreed(sought, of)
                                                .flatMap(moment -> Turn.snapshotAfter(of, moment))
                                                .stream())
                        .toList();
        List<Instant> answered =
                replies.stream().flatMap(of -> answered(sought, of).stream()).toList();
        if (probed.isEmpty()
                || agreed.isEmpty()
                || published.size() < turns.size()
                || answered.size() < replies.size()) return Optional.empty();
        return Optional.of(
                new Move(
                        sought.cause,
                        probed.get(),
                        agreed.stream().min(Comparator.naturalOrder()).orElseThrow(),
                        published.stream().max(Comparator.naturalOrder()).orElseThrow(),
                        answered.stream().max(Comparator.naturalOrder()).orElseThrow()));
    }

    /// A region has left when its last endpoint is down, and is back when its first is up.
    private static Optional<Instant> agreed(Sought sought, List<Turn> turns) {
        return sought.back
                ? Turn.first(turns, "verdict", "up", sought.addresses)
                : Turn.all(turns, "verdict", "down", sought.addresses);
    }

    /// When the first response came after which all were as they should be.
    private static Optional<Instant> answered(Sought sought, List<Reply> replies) {
        Optional<Instant> since = Optional.empty();
        for (Reply reply : replies) {
            if (reply.sent().isBefore(sought.cause) || reply.kind() != Reply.Kind.ANSWERED)
                continue;
            if (!sought.arrived(reply)) since = Optional.empty();
            else if (since.isEmpty()) since = Optional.of(reply.received());
        }
        return since;
    }

    Duration untilProbed() {
        return Duration.between(cause, probed);
    }

    Duration untilAgreed() {
        return Duration.between(cause, agreed);
    }

    Duration untilPublished() {
        return Duration.between(cause, published);
    }

    Duration untilAnswered() {
        return Duration.between(cause, answered);
    }

    Duration fromAgreedToAnswered() {
        return Duration.between(agreed, answered);
    }
}
