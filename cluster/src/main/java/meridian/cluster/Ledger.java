package meridian.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import meridian.cluster.Message.Beat;
import meridian.cluster.Message.Contents;
import meridian.cluster.Message.Holdings;
import meridian.cluster.Message.Supplement;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.intent.Entry;
import meridian.intent.Intents;
import meridian.topology.NodeId;

/// All that this node has heard of the fleet, and what it tells the others of it.
///
/// It has no thread: [Pulse] calls [#beat()] and [#save()] when they are due, and the topic hands
/// it what arrives. Any thread may ask it anything. Three locks are taken in this order, and none
/// while a listener is called: `voice` (messages leave in the order of their numbers), `disk`
/// (states are written in the order in which they came about), `lock` (everything else; never held
/// while waiting).
public final class Ledger {

    private static final long SWEEP_EVERY_NANOS = Duration.ofHours(1).toNanos();

    private final NodeId self;
    private final HybridClock clock;
    private final LongSupplier nanos;
    private final MessageCodec codec;
    private final Topic topic;
    private final Saved saved;
    private final Refusals refusals = new Refusals();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Sight sight = Sight.NONE;
    private volatile Rhythm rhythm = Rhythm.NONE;
    private volatile String configuration;

    private final Object voice = new Object();
    private final Object disk = new Object();
    private final Object lock = new Object();

    private final Peers peers;
    private final Numbering numbering;
    private final Supplements supplements = new Supplements();
    private final Standstill standstill;
    private final Deque<Contents> outgoing = new ArrayDeque<>();
    private final Digests digests;
    private Knowledge knowledge;
    private Holdings told;
    private long sweptAt;

    /// Starts from what was saved, and saves that it has started.
    ///
    /// @param configuration the hash of the configuration this node runs
    /// @param nanos the monotonic clock
    /// @throws IOException if `store` cannot be written: better now than at the first drain
    public Ledger(
            NodeId self,
            String configuration,
            MessageCodec codec,
            Topic topic,
            StateStore store,
            HybridClock clock,
            LongSupplier nanos)
            throws IOException {
        this.self = self;
        this.configuration = configuration;
        this.codec = codec;
        this.topic = topic;
        this.saved = new Saved(store);
        this.clock = clock;
        this.nanos = nanos;
        SavedState before = saved.state();
        clock.seen(before.newest());
        peers = new Peers(self, before.incarnations());
        numbering =
                new Numbering(
                        clock.own().toEpochMilli(), before.incarnations().getOrDefault(self, 0L));
        standstill = new Standstill(self, nanos, numbering::last);
        knowledge = Knowledge.of(before, clock.wall());
        saved.write(toSave(knowledge));
        digests = new Digests(knowledge);
        told = holdings(knowledge, digests.verdicts(knowledge));
        sweptAt = nanos.getAsLong();
        topic.onMessage(new Ears());
    }

    /// Names the checker of this node; until then it sees nothing.
    public void sees(Sight next) {
        sight = next;
    }

    /// Says which configuration this node runs now, by its hash.
    public void runs(String nextConfiguration) {
        configuration = nextConfiguration;
    }

    /// Names one more who is told when votes, verdicts or intents are other than before. Whatever
    /// thread noticed calls it, so it must be quick. That votes grow old is no change.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /// Names whoever lets it beat and save in time.
    public void pacedBy(Rhythm next) {
        rhythm = next;
    }

    public HybridClock clock() {
        return clock;
    }

    public Tally tally() {
        return knowledge().tally();
    }

    public Intents intents() {
        return knowledge().intents();
    }

    /// Counts the votes, and keeps the verdicts for this node's restart and for the others.
    ///
    /// @param counting [Tally#counted] with everything but the tally
    /// @return what was counted, with the verdicts on what only others watch
    public Tally count(UnaryOperator<Tally> counting) {
        if (tell(step(() -> knowledge = knowledge.counted(counting))) && saved.lacks(knowledge()))
            rhythm.saveNow();
        return tally();
    }

    /// Keeps an operator's wish: it is on disk when this returns, and on its way to the others.
    ///
    /// @throws IOException if it cannot be written; then nothing has changed
    public void put(Entry entry) throws IOException {
        boolean changed;
        synchronized (disk) {
            saved.write(toSave(knowledge().with(entry)));
            changed =
                    step(
                            () -> {
                                knowledge = knowledge.with(entry);
                                outgoing.add(Contents.of(List.of(entry)));
                            });
        }
        tell(changed);
        rhythm.beatNow();
    }

    /// The other nodes that hold the drain `id` as it is here, on their disks, as far as their
    /// beats have told.
    public Set<NodeId> holders(String id) {
        synchronized (lock) {
            return peers.holders(id, digests.intents(knowledge.intents()), nanos.getAsLong());
        }
    }

    /// The other nodes, those whose beats reach this one now and those that once did.
    public Map<NodeId, PeerState> peers() {
        synchronized (lock) {
            return peers.states(nanos.getAsLong());
        }
    }

    /// How many messages were dropped, for every reason.
    public Map<Refusal, Long> refused() {
        return refusals.counts();
    }

    public Topic.Membership membership() {
        return topic.membership();
    }

    public List<Alarm> alarms() {
        synchronized (lock) {
            long now = nanos.getAsLong();
            var alarms = new ArrayList<Alarm>();
            saved.failure().map(Alarm.NotSaved::new).ifPresent(alarms::add);
            if (numbering.isDoubled(now)) alarms.add(new Alarm.TwoOfOne(self));
            Duration off = clock.apart();
            if (AgreedTime.isApart(off)) alarms.add(new Alarm.ClockApart(self, off));
            peers.states(now)
                    .forEach(
                            (node, peer) ->
                                    alarms.addAll(peer.alarms(node, configuration, clock.lead())));
            return List.copyOf(alarms);
        }
    }

    /// Tells the others what this node sees and holds, and sends what they lack.
    ///
    /// @return how many bytes went out
    public int beat() {
        int sent;
        boolean changed;
        synchronized (voice) {
            var opinions = sight.opinions();
            boolean abstains = sight.abstains();
            Digest verdicts = digests.verdicts(knowledge());
            var messages = new ArrayList<Message>();
            changed =
                    step(
                            () -> {
                                standstill.runs();
                                clock.agree(peers.clocksAhead(nanos.getAsLong()));
                                sweepIfDue();
                                supplements().forEach(messages::add);
                                Mark mark = numbering.next();
                                messages.add(
                                        beat(
                                                new Report(
                                                        self,
                                                        mark.incarnation(),
                                                        mark.sequence(),
                                                        abstains,
                                                        opinions),
                                                verdicts));
                            });
            sent = messages.stream().mapToInt(this::send).sum();
        }
        tell(changed);
        return sent;
    }

    /// Writes what is new to disk, if anything is.
    public void save() {
        boolean intents;
        synchronized (disk) {
            SavedState next = toSave(knowledge());
            if (next.equals(saved.state())) return;
            intents = !next.intents().equals(saved.state().intents());
            try {
                saved.write(next);
            } catch (IOException e) {
                // Said by the log and an alarm; the next call tries again.
                return;
            }
        }
        // Others may be waiting to hear that it is on this disk too.
        if (intents) rhythm.beatNow();
    }

    private void heard(byte[] bytes, String from) {
        switch (codec.open(bytes)) {
            case MessageCodec.Opened.Refused(var refusal) -> refuse(refusal, from);
            case MessageCodec.Opened.Authentic(var message) ->
                    refusal(message)
                            .ifPresentOrElse(
                                    refusal -> refuse(refusal, message.node() + " at " + from),
                                    () -> heard(message));
        }
    }

    private void refuse(Refusal refusal, String from) {
        refusals.count(refusal, from, nanos.getAsLong());
    }

    private Optional<Refusal> refusal(Message message) {
        synchronized (lock) {
            long now = nanos.getAsLong();
            if (message.node().equals(self)) {
                boolean foreign = numbering.isForeign(message.mark(), now);
                return Optional.of(foreign ? Refusal.NAMESAKE : Refusal.REPLAYED);
            }
            boolean news = peers.admits(message.node(), message.mark(), now);
            return news ? Optional.empty() : Optional.of(Refusal.REPLAYED);
        }
    }

    private void heard(Message message) {
        clock.seen(message.time());
        boolean changed = tell(step(() -> standstill.heard(message).forEach(this::take)));
        rhythm.heard();
        if (hasOutgoing()) rhythm.beatNow();
        if (changed && saved.lacks(knowledge())) rhythm.saveNow();
    }

    private void take(Message message) {
        switch (message) {
            case Beat beat -> take(beat);
            case Supplement supplement -> take(supplement);
        }
    }

    private void take(Beat beat) {
        long now = nanos.getAsLong();
        Optional.ofNullable(beat.holdings().reports().get(self)).ifPresent(numbering::heardOf);
        knowledge = knowledge.heard(beat.report(), now);
        Lack lack = peers.heard(beat, told, now, clock.steady().toEpochMilli());
        clock.agree(peers.clocksAhead(now));
        outgoing.addAll(supplements.toSend(lack, knowledge, now));
    }

    private void take(Supplement supplement) {
        Contents contents = supplement.contents().withoutReportOf(self);
        knowledge = knowledge.merged(contents, nanos.getAsLong(), clock.wall());
    }

    private Message beat(Report report, Digest verdicts) {
        knowledge = knowledge.heard(report, nanos.getAsLong());
        told = holdings(knowledge, verdicts);
        return new Beat(clock.now(), clock.own().toEpochMilli(), configuration, report, told);
    }

    private List<Supplement> supplements() {
        List<Supplement> all =
                outgoing.stream()
                        .map(it -> new Supplement(self, numbering.next(), clock.now(), it))
                        .toList();
        outgoing.clear();
        return all;
    }

    private int send(Message message) {
        byte[] bytes = codec.seal(message);
        topic.send(bytes);
        return bytes.length;
    }

    private Holdings holdings(Knowledge held, Digest verdicts) {
        return new Holdings(
                peers.withDisbelieved(held.marks()),
                peers.heard(nanos.getAsLong()),
                digests.intents(saved.state().intents()),
                verdicts);
    }

    private void sweepIfDue() {
        long now = nanos.getAsLong();
        if (now - sweptAt < SWEEP_EVERY_NANOS) return;
        sweptAt = now;
        knowledge = knowledge.swept(clock.wall());
        peers.sweep(now);
    }

    private SavedState toSave(Knowledge next) {
        synchronized (lock) {
            var incarnations = peers.incarnations(numbering.incarnation());
            return new SavedState(incarnations, next.intents(), next.tally().verdicts());
        }
    }

    private Knowledge knowledge() {
        synchronized (lock) {
            return knowledge;
        }
    }

    private boolean hasOutgoing() {
        synchronized (lock) {
            return !outgoing.isEmpty();
        }
    }

    /// Takes a step under the lock.
    ///
    /// @return whether there is something new to see
    private boolean step(Runnable step) {
        Knowledge before;
        Knowledge after;
        synchronized (lock) {
            before = knowledge;
            step.run();
            after = knowledge;
        }
        return after.differsFrom(before);
    }

    private boolean tell(boolean changed) {
        if (changed) listeners.forEach(Runnable::run);
        return changed;
    }

    /// The ledger's end of the topic.
    private final class Ears implements Topic.Listener {
        @Override
        public void heard(byte[] message, String from) {
            Ledger.this.heard(message, from);
        }

        @Override
        public void asked() {
            rhythm.beatNow();
        }

        @Override
        public void dropped(Refusal refusal, String from) {
            refuse(refusal, from);
        }
    }
}
