package meridian.node.drill;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Something that turned on a node, as its API tells it.
///
/// @param what `result`, `opinion`, `verdict` or `snapshot`
/// @param address that is probed; empty for a snapshot
/// @param health up, down or unknown; empty for a snapshot
record Turn(Instant at, String what, String address, String health) {

    boolean says(String what, String health, Set<String> addresses) {
        return this.what.equals(what) && this.health.equals(health) && addresses.contains(address);
    }

    /// When the first of these addresses had turned so.
    static Optional<Instant> first(
            List<Turn> turns, String what, String health, Set<String> addresses) {
        return turns.stream()
                .filter(turn -> turn.says(what, health, addresses))
                .map(Turn::at)
                .min(Comparator.naturalOrder());
    }

    /// When the last of these addresses had turned so; empty where one has not.
    static Optional<Instant> all(
            List<Turn> turns, String what, String health, Set<String> addresses) {
        var missing = new HashSet<>(addresses);
        for (Turn turn : turns) {
            if (turn.says(what, health, addresses)
                    && missing.remove(turn.address)
                    && missing.isEmpty()) return Optional.of(turn.at);
        }
        return Optional.empty();
    }

    static Optional<Instant> snapshotAfter(List<Turn> turns, Instant moment) {
        return turns.stream()
                .filter(turn -> turn.what.equals("snapshot") && !turn.at.isBefore(moment))
                .map(Turn::at)
                .findFirst();
    }
}
