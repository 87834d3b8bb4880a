package meridian.node.drill;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A client that a name server sent elsewhere though nothing was done to its region.
///
/// @param node whose answers they were
/// @param from when the first of them was asked for, to when the last of them came
/// @param client the region that it belongs in
/// @param led where it was sent first
/// @param when a word on what the drill did
record Stray(String node, Instant from, Instant to, String client, Set<String> led, String when) {

    /// A turn that led to it is no older.
    static final Duration REMEMBERED = Duration.ofSeconds(10);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    static Stray of(String node, Reply first, String when) {
        return new Stray(
                node, first.sent(), first.received(), first.client(), first.regions(), when);
    }

    Stray until(Instant last) {
        return new Stray(node, from, last, client, led, when);
    }

    /// In sentences, with what the node says of that time.
    ///
    /// @param turns on the node, oldest first
    /// @param verdicts of the node, by address
    String text(List<Turn> turns, Map<String, String> verdicts) {
        return "a move without a cause, %s: from %s to %s UTC, %s sent the client of %s to %s%n"
                        .formatted(
                                when,
                                TIME.format(from),
                                TIME.format(to),
                                node,
                                client,
                                led.stream().sorted().collect(Collectors.joining(", ")))
                + "    turned there: %s%n".formatted(turned(turns))
                + "    not up there now: %s".formatted(notUp(verdicts));
    }

    private String turned(List<Turn> turns) {
        return listed(
                turns.stream()
                        .filter(turn -> !turn.at().isBefore(from.minus(REMEMBERED)))
                        .filter(turn -> !turn.at().isAfter(to.plus(REMEMBERED)))
                        .map(Stray::text)
                        .toList());
    }

    private static String text(Turn turn) {
        return "%s %s %s %s"
                .formatted(TIME.format(turn.at()), turn.what(), turn.address(), turn.health())
                .strip();
    }

    private static String notUp(Map<String, String> verdicts) {
        return listed(
                verdicts.entrySet().stream()
                        .filter(verdict -> !verdict.getValue().equals("up"))
                        .map(verdict -> verdict.getKey() + " " + verdict.getValue())
                        .toList());
    }

    private static String listed(List<String> parts) {
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }
}
