package meridian.node.drill;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How soon all nodes held the same, heard one another, and saw what is so.
///
/// The last is latest where a fault has hidden endpoints from their vantages: once links are back,
/// the nodes agree that those are down, and probes must pass before they agree that they are up.
///
/// @param same all hold the same verdicts, of the same moments, and the same intents, and answer
///   from the same regions
/// @param heard all have a report of each vantage that is a few seconds old at most
/// @param right all hold the same, by votes of all vantages, and that is what is so
record Agreement(Duration same, Duration heard, Duration right) {

    private static final Duration LOOK = Duration.ofMillis(50);

    /// One node as it can be asked.
    ///
    /// @param heard how many vantages it hears
    /// @param votes how many of them have an opinion, of the endpoint on which the fewest have
    record View(Held held, Map<String, String> verdicts, int heard, int votes) {}

    /// What must be the same on all nodes.
    ///
    /// @param verdicts of each address, with the moment of its stamp
    /// @param intents their ids, and whether they stand
    /// @param answered of each service, the regions that are answered and what each is good for
    record Held(
            Map<String, String> verdicts,
            Map<String, Boolean> intents,
            Map<String, List<String>> answered) {}

    /// Looks at all nodes, again and again, until they agree on what is right.
    ///
    /// @param right the verdict of each address
    /// @return empty: they did not within `limit`
    static Optional<Agreement> await(
            Collection<NodeApi> nodes, Map<String, String> right, Duration limit)
            throws InterruptedException {
        var watch = new Watch(Instant.now(), nodes.size(), right);
        while (Duration.between(watch.began, Instant.now()).compareTo(limit) < 0) {
            Instant at = Instant.now();
            Optional<Agreement> found = watch.look(at, views(nodes));
            if (found.isPresent()) return found;
            Thread.sleep(LOOK);
        }
        return Optional.empty();
    }

    /// Empty: one of them cannot be asked.
    private static List<View> views(Collection<NodeApi> nodes) throws InterruptedException {
        var views = new ArrayList<View>();
        try {
            for (NodeApi node : nodes) views.add(node.view());
            return views;
        } catch (IOException _) {
            return List.of();
        }
    }

    /// What was seen of the nodes since a moment.
    static final class Watch {

        private final Instant began;
        private final int nodes;
        private final Map<String, String> verdicts;
        private final Spell same = new Spell();
        private final Spell heard = new Spell();
        private final Spell right = new Spell();

        Watch(Instant began, int nodes, Map<String, String> verdicts) {
            this.began = began;
            this.nodes = nodes;
            this.verdicts = Map.copyOf(verdicts);
        }

        /// @param views of all nodes; none where one of them could not be asked
        Optional<Agreement> look(Instant at, List<View> views) {
            boolean isWhole = views.size() == nodes;
            boolean isSame = isWhole && views.stream().map(View::held).distinct().count() == 1;
            same.look(isSame, at);
            heard.look(isWhole && views.stream().allMatch(view -> view.heard() == nodes), at);
            right.look(isSame && views.stream().allMatch(this::isRight), at);
            // Either may come first: votes count for longer than a report is young.
            return heard.first.isEmpty() || right.first.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Agreement(after(same), after(heard), after(right)));
        }

        private boolean isRight(View view) {
            return view.votes() == nodes && view.verdicts().equals(verdicts);
        }

        private Duration after(Spell spell) {
            return Duration.between(began, spell.first.orElseThrow());
        }
    }

    /// Since when something holds. Nodes are asked one after the other, so what is so only by
    /// chance is not taken for it: it must be so at two looks in a row.
    private static final class Spell {

        private Optional<Instant> since = Optional.empty();
        private Optional<Instant> first = Optional.empty();

        void look(boolean holds, Instant at) {
            if (holds && first.isEmpty()) first = since;
            since = holds ? since.or(() -> Optional.of(at)) : Optional.empty();
        }
    }
}
