package meridian.dns.ready;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import meridian.dns.Snapshot;
import meridian.dns.signed.ZoneSigner;
import meridian.health.Health;
import meridian.health.Quorum;
import meridian.health.Tally;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.Vote;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.steering.ServiceState;
import meridian.steering.WishBook;
import meridian.topology.NodeId;

/// Makes each snapshot from what is to be served, what was heard of health, and what operators
/// asked for. Told the time; not for use by two threads at once.
public final class SnapshotKeeper {

    private final Compiler compiler;
    private final Recount recount;
    private Serving serving;
    private Optional<Edition> last = Optional.empty();
    private Optional<Ground> lastGround = Optional.empty();
    private Optional<Ground> latchedGround = Optional.empty();
    private Climbs climbs = Climbs.NONE;
    private Map<DomainName, RRset> soas = Map.of();

    /// All that an edition is made of, but for what climbs.
    private record Ground(
            Serving serving,
            Trie<WatchKey, Verdict> verdicts,
            Intents intents,
            Set<String> standing,
            Map<DomainName, RRset> soas) {

        /// The positions of the services of which something else may have been measured on this
        /// ground than on another.
        BitSet concerned(Optional<Ground> other) {
            if (other.filter(ground -> ground.serving == serving).isPresent())
                return serving.concerned(verdicts.differences(other.get().verdicts));
            return all();
        }

        /// Whether operators ask for the same on both.
        boolean isWished(Optional<Ground> other) {
            return other.filter(ground -> intents.equals(ground.intents))
                    .filter(ground -> standing.equals(ground.standing))
                    .isPresent();
        }

        BitSet all() {
            var all = new BitSet();
            all.set(0, serving.services().size());
            return all;
        }
    }

    public SnapshotKeeper(NodeId self, Serving serving) {
        this(self, serving, ReadyService::of);
    }

    private SnapshotKeeper(NodeId self, Serving serving, Compiler compiler) {
        this.serving = serving;
        this.compiler = compiler;
        this.recount = new Recount(self);
    }

    /// One of many that come to the same states, in one thread.
    public static SnapshotKeeper sharing(Compiled compiled, NodeId self, Serving serving) {
        return new SnapshotKeeper(self, serving, compiled::service);
    }

    private interface Compiler {
        ReadyService service(
                ServiceState state,
                LocationClasses classes,
                Map<DomainName, ZoneSigner> signers,
                Optional<ReadyService> before);
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

    /// From now on, snapshots have these SOAs of zones whose serial moves.
    public void show(Map<DomainName, RRset> next) {
        soas = Map.copyOf(next);
    }

    /// How to count what was heard; whoever holds the tally counts with this, and hands the outcome
    /// to [#step].
    public UnaryOperator<Tally> counting(Intents intents, Moment now) {
        return tally -> counted(tally, intents, now);
    }

    private Tally counted(Tally tally, Intents intents, Moment now) {
        Tally counted =
                intents.freeze(now.wall()).isPresent()
                        ? tally.frozen(serving.verdictKeys())
                        : recount.counted(tally, serving, quorum(intents, now), now);
        return latched(counted, intents, now);
    }

    /// Makes the next edition if anything is other than in the last.
    ///
    /// @param counted the tally, counted for the same moment
    public Step step(Tally counted, Intents intents, Moment now) {
        Ground ground = ground(counted, intents, now);
        if (isOf(ground) && climbs.since().isEmpty())
            return new Step(last.orElseThrow(), List.of());
        Trie<WatchKey, Verdict> verdicts = watched(ground);
        Edition edition = edition(states(ground, now), verdicts, intents, now);
        List<Turn> turns = turns(counted, verdicts, edition.quorum(), now);
        last = Optional.of(edition);
        lastGround = Optional.of(ground);
        return new Step(edition, turns);
    }

    private boolean isOf(Ground ground) {
        return lastGround.filter(ground::equals).isPresent();
    }

    private Ground ground(Tally counted, Intents intents, Moment now) {
        return new Ground(serving, counted.verdicts(), intents, intents.standing(now.wall()), soas);
    }

    private Quorum quorum(Intents intents, Moment now) {
        return serving.quorum().without(intents.retired(now.wall()));
    }

    /// Other nodes may watch more.
    private Trie<WatchKey, Verdict> watched(Ground ground) {
        if (lastGround.filter(before -> before.serving() == serving).isEmpty())
            return ground.verdicts().among(serving.keys());
        Trie<WatchKey, Verdict> before = last.orElseThrow().verdicts();
        List<WatchKey> news = ground.verdicts().differences(lastGround.get().verdicts());
        boolean hasOthers = news.removeIf(key -> !serving.keys().contains(key));
        return hasOthers || !before.equals(lastGround.get().verdicts())
                ? before.taking(news, ground.verdicts())
                : ground.verdicts();
    }

    /// What fell and must be let back by hand waits from now on. A freeze does not hold this up: it
    /// follows from verdicts, which stand then, and from what people ask for.
    private Tally latched(Tally counted, Intents intents, Moment now) {
        if (!serving.isAnyByHand()) return counted;
        Ground ground = ground(counted, intents, now);
        BitSet concerned =
                ground.isWished(latchedGround) ? ground.concerned(latchedGround) : ground.all();
        var wishes = new WishBook(intents, now.wall());
        Tally latched = counted;
        for (int i = concerned.nextSetBit(0); i >= 0; i = concerned.nextSetBit(i + 1)) {
            if (!serving.services().get(i).comeback().byHand()) continue;
            ServiceState state = serving.state(i, latched.verdicts(), Climbs.NONE, wishes);
            latched = serving.latch(i).latched(latched, state, intents, now.wall());
        }
        latchedGround = Optional.of(ground(latched, intents, now));
        return latched;
    }

    /// Only who knows what is out can tell what comes back, so states are made a second time where
    /// anything climbs.
    private List<ServiceState> states(Ground ground, Moment now) {
        var wishes = new WishBook(ground.intents(), now.wall());
        List<ServiceState> back = states(ground, Climbs.NONE, wishes);
        List<ServiceState> before = last.map(Edition::states).orElse(List.of());
        boolean isFrozen = ground.intents().freeze(now.wall()).isPresent();
        climbs = climbs.after(before, back, isFrozen, now.nanos());
        return climbs.since().isEmpty() ? back : states(ground, climbs, wishes);
    }

    /// What nothing happened to is in the state in which it was. What may climb is looked at anew.
    private List<ServiceState> states(Ground ground, Climbs climbing, WishBook wishes) {
        Optional<Ground> before = lastGround.filter(it -> it.serving() == serving);
        BitSet measured = ground.concerned(before);
        boolean isWished = ground.isWished(before);
        var states = new ArrayList<ServiceState>(serving.services().size());
        for (int i = 0; i < serving.services().size(); i++) {
            if (before.isEmpty()) {
                states.add(serving.state(i, ground.verdicts(), climbing, wishes));
                continue;
            }
            ServiceState was = last.orElseThrow().states().get(i);
            boolean isKept = isWished && !measured.get(i) && !serving.climbs(i);
            states.add(
                    isKept
                            ? was
                            : serving.state(
                                    i, was, measured.get(i), ground.verdicts(), climbing, wishes));
        }
        return states;
    }

    private Edition edition(
            List<ServiceState> states,
            Trie<WatchKey, Verdict> verdicts,
            Intents intents,
            Moment now) {
        Quorum quorum = quorum(intents, now);
        Optional<Edition> same =
                last.filter(edition -> edition.serving() == serving)
                        .filter(_ -> lastGround.filter(it -> it.soas().equals(soas)).isPresent())
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
                                        serving.zones().with(soas),
                                        serving.tails(),
                                        new ReadyAnswers(ready(states)),
                                        signedUntil()),
                                serving,
                                quorum,
                                states,
                                verdicts));
    }

    /// Asked after all that is signed was.
    private long signedUntil() {
        return serving.signing()
                .earliestExpiration()
                .map(Instant::getEpochSecond)
                .orElse(Long.MAX_VALUE);
    }

    /// Services that nothing happened to keep their ready answers.
    private List<ReadyService> ready(List<ServiceState> states) {
        var ready = new ArrayList<ReadyService>();
        for (int i = 0; i < states.size(); i++) ready.add(ready(i, states.get(i)));
        return ready;
    }

    private ReadyService ready(int index, ServiceState state) {
        LocationClasses classes = serving.classes().of(state.service().policy());
        Map<DomainName, ZoneSigner> signers = serving.signers(index);
        Optional<ReadyService> before =
                last.filter(edition -> edition.states().size() > index)
                        .map(edition -> edition.answers().service(index));
        return before.filter(ready -> ready.isOf(state, classes, signers))
                .orElseGet(() -> compiler.service(state, classes, signers, before));
    }

    private List<Turn> turns(
            Tally tally, Trie<WatchKey, Verdict> verdicts, Quorum quorum, Moment now) {
        Trie<WatchKey, Verdict> before = last.map(Edition::verdicts).orElse(Trie.empty());
        var turns = new ArrayList<Turn>();
        for (WatchKey key : verdicts.differences(before)) {
            Verdict after = verdicts.get(key);
            Health was = health(before, key);
            if (after == null || was == after.health()) continue;
            var votes = tally.votes(key, quorum, serving.topology().agreement(), now.nanos());
            turns.add(new Turn(key, was, after, votes));
        }
        return turns;
    }

    private static Health health(Trie<WatchKey, Verdict> verdicts, WatchKey key) {
        return verdicts.find(key).map(Verdict::health).orElse(Health.UNKNOWN);
    }
}
