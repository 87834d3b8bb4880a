package meridian.dns.ready;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import meridian.dns.Snapshot;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Quorum;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.Vote;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.steering.Latch;
import meridian.steering.ServiceState;
import meridian.topology.NodeId;

/// Makes each snapshot from what is to be served, what was heard of health, and what operators
/// asked for. Told the time; not for use by two threads at once.
public final class SnapshotKeeper {

    private final NodeId self;
    private final Compiler compiler;
    private Serving serving;
    private Optional<Edition> last = Optional.empty();
    private Optional<Ground> lastGround = Optional.empty();
    private Climbs climbs = Climbs.NONE;
    private Optional<Votes> uneventful = Optional.empty();

    /// All that an edition is made of, but for what climbs.
    private record Ground(
            Serving serving,
            Map<WatchKey, Verdict> verdicts,
            Intents intents,
            Set<String> standing) {}

    /// All that a count is made of, but for the time by which something calm is released.
    private record Votes(
            Ground ground,
            Quorum quorum,
            List<Map<WatchKey, Opinion>> opinions,
            Map<WatchKey, Long> calmSince) {}

    public SnapshotKeeper(NodeId self, Serving serving) {
        this(self, serving, ReadyService::new);
    }

    private SnapshotKeeper(NodeId self, Serving serving, Compiler compiler) {
        this.self = self;
        this.serving = serving;
        this.compiler = compiler;
    }

    /// One of many that come to the same states, in one thread.
    public static SnapshotKeeper sharing(Compiled compiled, NodeId self, Serving serving) {
        return new SnapshotKeeper(self, serving, compiled::service);
    }

    private interface Compiler {
        ReadyService service(ServiceState state, LocationClasses classes);
    }

    /// What one step came to.
    ///
    /// @param edition the last one again, if nothing changed
    /// @param turns the verdicts that this step changed
    public record Step(Edition edition, List<Turn> turns) {

        public Step {
            turns = List.copyOf(turns);
        }
    }

    /// A verdict that changed, with the votes of that moment.
    public record Turn(WatchKey key, Health before, Verdict after, List<Vote> votes) {}

    /// From now on, steps make snapshots of this.
    public void serve(Serving next) {
        serving = next;
    }

    /// How to count what was heard; whoever holds the tally counts with this, and hands the outcome
    /// to [#step].
    public UnaryOperator<Tally> counting(Intents intents, Moment now) {
        return tally -> counted(tally, intents, now);
    }

    /// A count that changed nothing is not made again from the same votes: once a second every node
    /// counts all that it knows, and mostly nothing is new.
    private Tally counted(Tally tally, Intents intents, Moment now) {
        Votes votes = votes(tally, intents, now);
        if (uneventful.filter(votes::equals).isPresent()) return tally;
        Tally counted = latched(counted(tally, votes.quorum(), intents, now), intents, now);
        boolean changed =
                !counted.verdicts().equals(tally.verdicts())
                        || !counted.calmSince().equals(tally.calmSince());
        uneventful = changed || counted.awaitsRelease() ? Optional.empty() : Optional.of(votes);
        return counted;
    }

    private Tally counted(Tally tally, Quorum quorum, Intents intents, Moment now) {
        if (isFrozen(intents, now)) return tally.frozen(serving.verdictKeys());
        return tally.counted(
                serving.verdictKeys(),
                quorum,
                serving.topology().agreement(),
                now.nanos(),
                now.hybrid(),
                self);
    }

    /// Makes the next edition if anything is other than in the last.
    ///
    /// @param counted the tally, counted for the same moment
    public Step step(Tally counted, Intents intents, Moment now) {
        Ground ground =
                new Ground(serving, counted.verdicts(), intents, intents.standing(now.wall()));
        if (isOf(ground) && climbs.since().isEmpty())
            return new Step(last.orElseThrow(), List.of());
        Map<WatchKey, Verdict> verdicts = watched(counted);
        Edition edition = edition(states(counted.verdicts(), intents, now), verdicts, intents, now);
        List<Turn> turns = turns(counted, verdicts, edition.quorum(), now);
        last = Optional.of(edition);
        lastGround = Optional.of(ground);
        return new Step(edition, turns);
    }

    private boolean isOf(Ground ground) {
        return lastGround.filter(ground::equals).isPresent();
    }

    private Votes votes(Tally tally, Intents intents, Moment now) {
        Quorum quorum = quorum(intents, now);
        return new Votes(
                new Ground(serving, tally.verdicts(), intents, intents.standing(now.wall())),
                quorum,
                tally.voting(quorum, serving.topology().agreement(), now.nanos()),
                tally.calmSince());
    }

    private Quorum quorum(Intents intents, Moment now) {
        return serving.quorum().without(intents.retired(now.wall()));
    }

    /// Other nodes may watch more.
    private Map<WatchKey, Verdict> watched(Tally tally) {
        if (serving.keys().containsAll(tally.verdicts().keySet())) return tally.verdicts();
        var verdicts = new HashMap<>(tally.verdicts());
        verdicts.keySet().retainAll(serving.keys());
        return verdicts;
    }

    /// What fell and must be let back by hand waits from now on. A freeze does not hold this up: it
    /// follows from verdicts, which stand then, and from what people ask for.
    private Tally latched(Tally counted, Intents intents, Moment now) {
        Tally latched = counted;
        for (int i = 0; i < serving.services().size(); i++) {
            if (!serving.services().get(i).comeback().byHand()) continue;
            ServiceState state =
                    serving.state(i, latched.verdicts(), Climbs.NONE, intents, now.wall());
            latched = Latch.latched(latched, state, intents, now.wall());
        }
        return latched;
    }

    private static boolean isFrozen(Intents intents, Moment now) {
        return intents.freeze(now.wall()).isPresent();
    }

    /// Only who knows what is out can tell what comes back, so states are made a second time where
    /// anything climbs.
    private List<ServiceState> states(
            Map<WatchKey, Verdict> verdicts, Intents intents, Moment now) {
        List<ServiceState> back = states(verdicts, Climbs.NONE, intents, now);
        List<ServiceState> before = last.map(Edition::states).orElse(List.of());
        climbs = climbs.after(before, back, isFrozen(intents, now), now.nanos());
        return climbs.since().isEmpty() ? back : states(verdicts, climbs, intents, now);
    }

    private List<ServiceState> states(
            Map<WatchKey, Verdict> verdicts, Climbs climbing, Intents intents, Moment now) {
        return IntStream.range(0, serving.services().size())
                .mapToObj(index -> serving.state(index, verdicts, climbing, intents, now.wall()))
                .toList();
    }

    private Edition edition(
            List<ServiceState> states,
            Map<WatchKey, Verdict> verdicts,
            Intents intents,
            Moment now) {
        Quorum quorum = quorum(intents, now);
        Optional<Edition> same =
                last.filter(edition -> edition.serving() == serving)
                        .filter(edition -> edition.quorum().equals(quorum))
                        .filter(
                                edition ->
                                        edition.states().equals(states)
                                                && edition.verdicts().equals(verdicts));
        return same.orElseGet(
                () ->
                        new Edition(
                                last.map(Edition::number).orElse(0L) + 1,
                                now.wall(),
                                new Snapshot(
                                        serving.zones(),
                                        serving.tails(),
                                        new ReadyAnswers(ready(states))),
                                serving,
                                quorum,
                                states,
                                verdicts));
    }

    /// Services that nothing happened to keep their ready answers.
    private List<ReadyService> ready(List<ServiceState> states) {
        var ready = new ArrayList<ReadyService>();
        for (int i = 0; i < states.size(); i++) ready.add(ready(i, states.get(i)));
        return ready;
    }

    private ReadyService ready(int index, ServiceState state) {
        LocationClasses classes = serving.classes(state.service());
        return last.filter(edition -> edition.states().size() > index)
                .map(edition -> edition.answers().service(index))
                .filter(before -> before.isOf(state, classes))
                .orElseGet(() -> compiler.service(state, classes));
    }

    private List<Turn> turns(
            Tally tally, Map<WatchKey, Verdict> verdicts, Quorum quorum, Moment now) {
        Map<WatchKey, Verdict> before = last.map(Edition::verdicts).orElse(Map.of());
        var turns = new ArrayList<Turn>();
        verdicts.forEach(
                (key, after) -> {
                    Health was = health(before, key);
                    if (was == after.health()) return;
                    var votes =
                            tally.votes(key, quorum, serving.topology().agreement(), now.nanos());
                    turns.add(new Turn(key, was, after, votes));
                });
        return turns;
    }

    private static Health health(Map<WatchKey, Verdict> verdicts, WatchKey key) {
        Verdict verdict = verdicts.get(key);
        return verdict == null ? Health.UNKNOWN : verdict.health();
    }
}
