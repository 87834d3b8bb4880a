package meridian.node.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the answers of one name server were worth while a fault lasted.
///
/// @param timeOuts counted by themselves: a fault may make them
/// @param empty NOERROR without an address
/// @param errors SERVFAIL and the like
/// @param drained answers that lead to a drained region
/// @param dead answers that lead to a dead region for longer than the rules allow
/// @param allowed answers that lead to the dead region, and by the rules: nothing else was up, or
///   too few vantages were heard for a quorum
/// @param changed the last answer before the limit that led to the dead region came so long after
///   the kill; empty where none did
record Judgement(
        int queries,
        int timeOuts,
        int empty,
        int errors,
        int drained,
        int dead,
        int allowed,
        Optional<Duration> changed) {

    /// By what to judge.
    ///
    /// @param killed the dead region's backends were told to stop
    /// @param revived they were told to start
    /// @param excused from when to when this server hears too little
    record Rules(
            Fault.Roles roles,
            Instant killed,
            Duration limit,
            Instant revived,
            Optional<Span> excused,
            Downs downs) {}

    /// From one moment to another.
    record Span(Instant from, Instant to) {

        boolean holds(Instant moment) {
            return !moment.isBefore(from) && !moment.isAfter(to);
        }
    }

    /// When all endpoints of the region that should live were down, for all that this node knew.
    ///
    /// @param spans wide enough for a response under way
    record Downs(List<Span> spans) {

        private static final Duration UNDER_WAY = Duration.ofMillis(500);

        Downs {
            spans = List.copyOf(spans);
        }

        /// @param turns of the node, oldest first; it starts with the region up
        static Downs of(List<Turn> turns, Set<String> addresses, Instant end) {
            var spans = new ArrayList<Span>();
            var verdicts = new HashMap<String, String>();
            Optional<Instant> since = Optional.empty();
            for (Turn turn : turns) {
                if (!turn.what().equals("verdict") || !addresses.contains(turn.address())) continue;
                verdicts.put(turn.address(), turn.health());
                boolean down =
                        addresses.stream()
                                .allMatch(
                                        address ->
                                                verdicts.getOrDefault(address, "up")
                                                        .equals("down"));
                if (down && since.isEmpty()) since = Optional.of(turn.at());
                if (!down && since.isPresent()) {
                    spans.add(wide(since.get(), turn.at()));
                    since = Optional.empty();
                }
            }
            since.ifPresent(from -> spans.add(wide(from, end)));
            return new Downs(spans);
        }

        private static Span wide(Instant from, Instant to) {
            return new Span(from.minus(UNDER_WAY), to.plus(UNDER_WAY));
        }

        boolean hold(Instant moment) {
            return spans.stream().anyMatch(span -> span.holds(moment));
        }
    }

    static Judgement of(List<Reply> replies, Rules rules) {
        var counts = new HashMap<String, Integer>();
        Optional<Duration> changed = Optional.empty();
        for (Reply reply : replies) {
            counts.merge(verdict(reply, rules), 1, Integer::sum);
            if (reply.leadsTo(rules.roles.dead()) && isAfterTheKill(reply, rules))
                changed = Optional.of(Duration.between(rules.killed, reply.received()));
        }
        return new Judgement(
                replies.size(),
                count(counts, "time-out"),
                count(counts, "empty"),
                count(counts, "error"),
                count(counts, "drained"),
                count(counts, "dead"),
                count(counts, "allowed"),
                changed);
    }

    int wrong() {
        return empty + errors + drained + dead;
    }

    private static String verdict(Reply reply, Rules rules) {
        return switch (reply.kind()) {
            case TIMED_OUT -> "time-out";
            case EMPTY -> "empty";
            case ERROR -> "error";
            case ANSWERED -> answered(reply, rules);
        };
    }

    private static String answered(Reply reply, Rules rules) {
        if (reply.leadsTo(rules.roles.odd())) return "drained";
        boolean late =
                isAfterTheKill(reply, rules)
                        && reply.sent().isAfter(rules.killed.plus(rules.limit));
        if (!late || !reply.leadsTo(rules.roles.dead())) return "good";
        boolean excused = rules.excused.filter(span -> span.holds(reply.sent())).isPresent();
        return excused || rules.downs.hold(reply.sent()) ? "allowed" : "dead";
    }

    private static boolean isAfterTheKill(Reply reply, Rules rules) {
        return reply.sent().isAfter(rules.killed) && reply.sent().isBefore(rules.revived);
    }

    private static int count(Map<String, Integer> counts, String word) {
        return counts.getOrDefault(word, 0);
    }
}
