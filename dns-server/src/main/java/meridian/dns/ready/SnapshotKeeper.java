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

        /// On what there are other verdicts than on other ground, of which the same is to be
        /// served.
        List<WatchKey> news(Ground other) {
            return verdicts.differences(other.verdicts);
        }

        /// Whether operators ask for the same on both.
        boolean isWished(Ground other) {
            return intents.equals(other.intents) && standing.equals(other.standing);
        }
    }

    /// What may be other than in the last edition.
    ///
    /// @param before the services as they were
    /// @param turned on what there may be other verdicts
    /// @param isWished whether operators ask for the same
    private record Since(List<ServiceState> before, Watched.Turned turned, boolean isWished) {

        /// The services as they are. What nothing happened to is in the state in which it was.
        List<ServiceState> states(Ground ground, Climbs climbing, WishBook wishes) {
            Serving serving = ground.serving();
            var states = new ArrayList<ServiceState>(before.size());
            for (int i = 0; i < before.size(); i++) {
                ServiceState state = before.get(i);
                if (turned.isOf(i)) state = serving.watched().measured(i, state, turned);
                if (!isWished || !serving.isAlwaysBack(i))
                    state = serving.wished(i, state, ground.verdicts(), climbing, wishes);
                states.add(state);
            }
            return states;
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

    /// What one step came to. What it tells of verdicts is found when it is asked for: first comes
    /// the snapshot.
    ///
    /// @param edition the last one again, if nothing changed
    /// @param before the verdicts of the last one
    /// @param counted the tally that it was made with
    /// @param now when
    public record Step(Edition edition, Trie<WatchKey, Verdict> before, Tally counted, Moment now) {

        /// The verdicts that this step changed.
        public List<Turn> turns() {
            var turns = new ArrayList<Turn>();
            for (WatchKey key : edition.verdicts().differences(before)) {
                Verdict after = edition.verdicts().get(key);
                Health was = before.find(key).map(Verdict::health).orElse(Health.UNKNOWN);
                if (after != null && was != after.health()) turns.add(new Turn(key, was, after));
            }
            return turns;
        }

        /// The votes on something at that moment.
        public List<Vote> votes(WatchKey key) {
            return counted.votes(
                    key, edition.quorum(), edition.serving().topology().agreement(), now.nanos());
        }
    }

    /// A verdict that changed.
    public record Turn(WatchKey key, Health before, Verdict after) {}

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
                        ? tally.frozen(serving.watched().keys())
                        : recount.counted(tally, serving, quorum(intents, now), now);
        return latched(counted, intents, now);
    }

    /// Makes the next edition if anything is other than in the last.
    ///
    /// @param counted the tally, counted for the same moment
    public Step step(Tally counted, Intents intents, Moment now) {
        Ground ground = ground(counted, intents, now);
        Trie<WatchKey, Verdict> earlier = last.map(Edition::verdicts).orElse(Trie.empty());
        if (isOf(ground) && climbs.since().isEmpty())
            return new Step(last.orElseThrow(), earlier, counted, now);
        Optional<Ground> before = lastGround.filter(it -> it.serving() == serving);
        Optional<List<WatchKey>> news = before.map(ground::news);
        List<ServiceState> states = states(ground, since(ground, before, news), now);
        Edition edition = edition(states, watched(ground, news), intents, now);
        last = Optional.of(edition);
        lastGround = Optional.of(ground);
        return new Step(edition, earlier, counted, now);
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

    /// The verdicts of an edition: other nodes may watch more.
    ///
    /// @param news what is new since the last edition, if that served the same
    private Trie<WatchKey, Verdict> watched(Ground ground, Optional<List<WatchKey>> news) {
        if (news.isEmpty()) return ground.verdicts().among(serving.keys());
        Trie<WatchKey, Verdict> before = last.orElseThrow().verdicts();
        List<WatchKey> ours = new ArrayList<>(news.get());
        boolean hasOthers = ours.removeIf(key -> !serving.keys().contains(key));
        return hasOthers || !before.equals(lastGround.orElseThrow().verdicts())
                ? before.taking(ours, ground.verdicts())
                : ground.verdicts();
    }

    /// What fell and must be let back by hand waits from now on. A freeze does not hold this up: it
    /// follows from verdicts, which stand then, and from what people ask for.
    private Tally latched(Tally counted, Intents intents, Moment now) {
        if (!serving.isAnyByHand()) return counted;
        Ground ground = ground(counted, intents, now);
        BitSet concerned =
                latchedGround
                        .filter(before -> before.serving() == serving)
                        .filter(ground::isWished)
                        .map(ground::news)
                        .map(serving.watched()::services)
                        .orElseGet(serving.watched()::services);
        var wishes = new WishBook(intents, now.wall());
        Tally latched = counted;
        for (int i = concerned.nextSetBit(0); i >= 0; i = concerned.nextSetBit(i + 1)) {
            if (!serving.services().get(i).comeback().byHand()) continue;
            ServiceState state = serving.state(i, latched.verdicts(), wishes);
            latched = serving.latch(i).latched(latched, state, intents, now.wall());
        }
        latchedGround = Optional.of(ground(latched, intents, now));
        return latched;
    }

    private Since since(Ground ground, Optional<Ground> before, Optional<List<WatchKey>> news) {
        Watched watched = serving.watched();
        return new Since(
                before.map(_ -> last.orElseThrow().states()).orElseGet(serving::unmeasured),
                news.map(keys -> watched.turned(keys, ground.verdicts()))
                        .orElseGet(() -> watched.all(ground.verdicts())),
                before.filter(ground::isWished).isPresent());
    }

    /// Only who knows what is out can tell what comes back, so states are made a second time where
    /// anything climbs.
    private List<ServiceState> states(Ground ground, Since since, Moment now) {
        var wishes = new WishBook(ground.intents(), now.wall());
        List<ServiceState> back = since.states(ground, Climbs.NONE, wishes);
        List<ServiceState> before = last.map(Edition::states).orElse(List.of());
        boolean isFrozen = ground.intents().freeze(now.wall()).isPresent();
        climbs = climbs.after(before, back, isFrozen, now.nanos());
        return climbs.since().isEmpty() ? back : since.states(ground, climbs, wishes);
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
        var ready = new ArrayList<ReadyService>(states.size());
        for (int i = 0; i < states.size(); i++) ready.add(ready(i, states.get(i)));
        return ready;
    }

    private ReadyService ready(int index, ServiceState state) {
        LocationClasses classes = serving.classes(index);
        Map<DomainName, ZoneSigner> signers = serving.signers(index);
        Optional<ReadyService> before =
                last.filter(edition -> edition.states().size() > index)
                        .map(edition -> edition.answers().service(index));
        return before.filter(ready -> ready.isOf(state, classes, signers))
                .orElseGet(() -> compiler.service(state, classes, signers, before));
    }
}
