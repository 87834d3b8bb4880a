package meridian.node;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import meridian.api.Fleet;
import meridian.cluster.HybridClock;
import meridian.cluster.Ledger;
import meridian.cluster.Pulse;
import meridian.dns.ready.Edition;
import meridian.dns.ready.Explainer;
import meridian.dns.ready.KeeperThread;
import meridian.health.Quorum;
import meridian.health.Tally;
import meridian.intent.Entry;
import meridian.intent.Intent;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.steering.ServiceState;
import meridian.time.Stamp;
import meridian.topology.Network;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.Topology;

/// This node and what it knows of the others, as the API sees it.
final class NodeFleet implements Fleet {

    private final Node node;
    private final KeeperThread keeper;
    private final Ledger ledger;
    private final Pulse pulse;
    private final HybridClock clock;
    private final Alarms alarms;
    private final Turns turns;
    private final Reloads reloads;
    private final RollingBack rollingBack;

    /// Makes the node serve what served before.
    @FunctionalInterface
    interface RollingBack {
        /// Does it.
        ///
        /// @throws IOException if nothing is kept of it; then nothing has changed
        void because(String why) throws IOException;
    }

    NodeFleet(
            Node node,
            KeeperThread keeper,
            Ledger ledger,
            Pulse pulse,
            HybridClock clock,
            Alarms alarms,
            Turns turns,
            Reloads reloads,
            RollingBack rollingBack) {
        this.node = node;
        this.keeper = keeper;
        this.ledger = ledger;
        this.pulse = pulse;
        this.clock = clock;
        this.alarms = alarms;
        this.turns = turns;
        this.reloads = reloads;
        this.rollingBack = rollingBack;
    }

    @Override
    public NodeId self() {
        return node.id();
    }

    @Override
    public String version() {
        return Version.number();
    }

    @Override
    public Topology topology() {
        return edition().serving().topology();
    }

    @Override
    public Tally tally() {
        return ledger.tally();
    }

    @Override
    public Quorum quorum() {
        return edition().quorum();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return clock.wall();
    }

    @Override
    public Stamp stamp() {
        return new Stamp(clock.now(), self());
    }

    @Override
    public Intents intents() {
        return ledger.intents();
    }

    @Override
    public List<ServiceState> states() {
        return edition().states();
    }

    @Override
    public List<ServiceState> known() {
        return edition().known(ledger.tally().verdicts(), ledger.intents(), now());
    }

    @Override
    public Explained explain(DomainName name, RecordType type, Network client) {
        Edition edition = edition();
        return Explainer.explain(
                        edition, name, type, client, ThreadLocalRandom.current().nextLong())
                .<Explained>map(Explained.Steered::new)
                .orElseGet(() -> new Explained.NotSteered(Explainer.instead(edition, name, type)));
    }

    @Override
    public Acknowledgement put(Intent intent) throws IOException {
        return acknowledged(new Entry(intent, Optional.empty(), stamp()));
    }

    @Override
    public Acknowledgement end(String id, String owner) throws IOException {
        Entry entry =
                Optional.ofNullable(intents().entries().get(id))
                        .orElseThrow(
                                () -> new IllegalArgumentException("there is no intent " + id));
        return acknowledged(
                new Entry(
                        entry.intent(),
                        Optional.of(new Entry.Ending(owner, clock.wall())),
                        stamp()));
    }

    @Override
    public List<Peer> peers() {
        var heard = ledger.peers();
        return topology().nodes().keySet().stream()
                .filter(id -> !id.equals(self()))
                .map(
                        id ->
                                Optional.ofNullable(heard.get(id))
                                        .map(
                                                peer ->
                                                        new Peer(
                                                                id,
                                                                Optional.of(peer.age()),
                                                                Optional.of(peer.configuration())))
                                        .orElseGet(
                                                () ->
                                                        new Peer(
                                                                id,
                                                                Optional.<Duration>empty(),
                                                                Optional.empty())))
                .toList();
    }

    @Override
    public List<Alarm> alarms() {
        return alarms.current();
    }

    @Override
    public List<Turn> turns() {
        return turns.all();
    }

    @Override
    public Configuration configuration() {
        return reloads.state();
    }

    @Override
    public Configuration rollBack(String why) throws IOException {
        rollingBack.because(why);
        return reloads.state();
    }

    @Override
    public Optional<SnapshotMark> snapshot() {
        return Optional.of(new SnapshotMark(edition().number(), edition().published()));
    }

    /// The API opens last, so who reaches it reaches a node that is ready.
    @Override
    public Readiness readiness() {
        return new Readiness(true, true, true);
    }

    private Edition edition() {
        return keeper.edition();
    }

    private Acknowledgement acknowledged(Entry entry) throws IOException {
        var heldBy = new LinkedHashSet<NodeId>();
        heldBy.add(self());
        heldBy.addAll(pulse.put(entry).holders());
        return new Acknowledgement(heldBy);
    }
}
