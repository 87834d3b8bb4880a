package meridian.node;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import meridian.api.ApiOptions;
import meridian.api.AuditFile;
import meridian.api.ControlApi;
import meridian.checker.SystemPauses;
import meridian.checker.Watches;
import meridian.checker.probe.Probes;
import meridian.cluster.ClusterKeys;
import meridian.cluster.HazelcastTopic;
import meridian.cluster.HybridClock;
import meridian.cluster.LastKnownGood;
import meridian.cluster.Ledger;
import meridian.cluster.LocalNetwork;
import meridian.cluster.MessageCodec;
import meridian.cluster.Pulse;
import meridian.cluster.Sight;
import meridian.cluster.StateStore;
import meridian.cluster.Topic;
import meridian.config.Configuration;
import meridian.dns.ServerCookies;
import meridian.dns.ready.KeeperThread;
import meridian.dns.ready.Moment;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.dns.transfer.Primary;
import meridian.dns.transport.Niceness;
import meridian.health.Opinion;
import meridian.health.WatchKey;
import meridian.topology.Node;
import meridian.topology.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One process of the fleet: its parts list, in the order in which they are put together.
///
/// What answers queries comes first and needs nobody: the last known good state is read, a snapshot
/// is made of it, and the listeners open. Then peers are looked for; probes and the API follow.
final class MeridianNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MeridianNode.class);

    /// Not from the key: while keys are rotated node by node, all must go on listening.
    private static final String CLUSTER_NAME = "meridian";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Clock wall = Clock.systemUTC();
    private final HybridClock clock = new HybridClock(wall, System::nanoTime);
    private final Alarms alarms = new Alarms();
    private final Turns turns = new Turns(wall);
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Reloads reloads;
    private final Predecessors predecessors = new Predecessors();
    private final AtomicBoolean isSigning = new AtomicBoolean();
    private final AtomicBoolean isReloading = new AtomicBoolean();

    private volatile Loaded running;
    private final Node node;
    private final Optional<ApiOptions> apiOptions;
    private final Optional<HazelcastTopic> peers;
    private final Ledger ledger;
    private final Pulse pulse;
    private final Primary primary;
    private final KeeperThread keeper;
    private final Optional<Listeners> listeners;
    private final Optional<Watches> watches;
    private final Optional<ControlApi> api;

    private MeridianNode(NodeOptions.Wish wish) throws IOException, RefusedException {
        reloads =
                part(
                        new Reloads(
                                wish,
                                wall,
                                () -> ThreadLocalRandom.current().nextLong(),
                                this::isFollowed));
        running = reloads.first();
        node = running.options().node();
        try {
            apiOptions = ApiPlan.of(node, running.configuration());
            peers = node.cluster().map(this::peers);
            ledger = ledger(running.configuration());
            primary = primary();
            keeper = keeper();
            primary.prepare();
            keeper.start();
            listeners = listeners();
            primary.start();
            peers.ifPresent(HazelcastTopic::join);
            pulse = part(Pulse.start(ledger));
            watches = watches();
            api = api();
            startLookingAfter();
        } catch (IOException | RuntimeException e) {
            reloads.notStarted();
            close();
            throw e;
        }
    }

    /// Starts one.
    ///
    /// @throws RefusedException if the configuration is wrong
    /// @throws IOException if a socket or the disk cannot be had; the message names it
    static MeridianNode start(NodeOptions.Wish wish) throws IOException, RefusedException {
        return new MeridianNode(wish);
    }

    Node node() {
        return node;
    }

    Configuration configuration() {
        return running.configuration();
    }

    /// Where queries are answered.
    List<InetSocketAddress> dnsAddresses() {
        return listeners.map(Listeners::addresses).orElse(List.of());
    }

    /// The port of the API, if this node has one.
    Optional<Integer> apiPort() {
        return api.map(ControlApi::port);
    }

    /// Reads the files again, and serves what they say if nothing is wrong with it. Answers go
    /// first while it reads and signs, and nothing does while it begins to probe and to dial.
    synchronized void reload() {
        Niceness.whileOthersGoFirst(() -> reloads.again(running.options())).ifPresent(this::serve);
    }

    /// Serves what served before the files last changed, until they change again.
    ///
    /// @param why as it is shown
    /// @throws IOException if nothing is kept of it; then nothing has changed
    synchronized void rollBack(String why) throws IOException {
        try {
            serve(reloads.before(why));
        } catch (RefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void serve(Loaded loaded) {
        if (!node.listensLike(loaded.options().node())) {
            LOG.warn(
                    "the addresses of node {} changed in the configuration; they hold from its next start",
                    node.id());
        }
        if (!loaded.configuration().dns().equals(running.configuration().dns()))
            LOG.warn("dns { } changed in the configuration; it holds from the next start");
        Loaded before = running;
        predecessors.add(before, () -> primary.isGiving(before.serving().zones().all()));
        running = loaded;
        Niceness.whileOthersGoFirst(() -> loaded.prepared(ledger, clock.wall()));
        peers.ifPresent(topic -> topic.reach(loaded.configuration().topology().meetingPoints()));
        watches.ifPresent(
                watching ->
                        watching.reconfigure(
                                loaded.configuration().topology(),
                                loaded.configuration().selfTest(node.id())));
        primary.configure(PrimaryPlan.settings(loaded.configuration(), node.id()));
        keeper.serve(loaded.serving());
        // Last, so that a defect before it is seen by all nodes: their hashes differ then.
        ledger.runs(loaded.configuration().hash());
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) close(parts.pop());
    }

    /// What stays open holds up nothing else.
    static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("a part of this node did not close", e);
        }
    }

    private Ledger ledger(Configuration configuration) throws IOException {
        ClusterKeys keys = ClusterKeys.of(keys());
        return new Ledger(
                node.id(),
                configuration.hash(),
                new MessageCodec(keys),
                topic(),
                store(configuration),
                clock,
                System::nanoTime);
    }

    private List<byte[]> keys() throws IOException {
        return PeerKeys.of(node, running.configuration().cluster());
    }

    /// A node that the configuration does not name has no disk of its own: it comes and goes, and
    /// hears within a beat what the others know.
    private StateStore store(Configuration configuration) throws IOException {
        if (!running.options().isNamed()) return StateStore.inMemory();
        return part(LastKnownGood.open(dataFolder(configuration)));
    }

    private Path dataFolder(Configuration configuration) {
        return configuration.dataDirectory().resolve(node.id().name());
    }

    private Topic topic() {
        return peers.<Topic>map(joined -> joined)
                .orElseGet(() -> part(new LocalNetwork().join(node.id().name())));
    }

    private HazelcastTopic peers(InetSocketAddress self) {
        return part(
                HazelcastTopic.of(
                        CLUSTER_NAME, self, running.configuration().topology().meetingPoints()));
    }

    private Primary primary() {
        Path folder = dataFolder(running.configuration());
        return part(PrimaryPlan.of(running, folder, () -> keeper, wall));
    }

    private KeeperThread keeper() {
        var sources =
                new KeeperThread.Sources(
                        ledger::count,
                        ledger::intents,
                        () -> new Moment(System.nanoTime(), clock.now(), clock.wall()));
        var log = new TurnLog();
        var ahead = part(new SigningAhead());
        var thread =
                part(
                        new KeeperThread(
                                new SnapshotKeeper(node.id(), running.serving()),
                                sources,
                                step -> {
                                    turns.published(step);
                                    primary.wake();
                                    ahead.wake();
                                    log.tell(step);
                                }));
        ahead.start(thread::edition);
        ledger.onChange(thread::wake);
        return thread;
    }

    private Optional<Listeners> listeners() throws IOException {
        if (!node.roles().contains(Role.DNS)) return Optional.empty();
        Listeners opened =
                part(
                        Listeners.open(
                                node,
                                running.configuration().dns(),
                                keeper,
                                primary::secondaries,
                                ServerCookies.of(keys().getFirst(), wall),
                                wall,
                                registry));
        LOG.info("node {} answers queries on {}", node.id(), opened.addresses());
        return Optional.of(opened);
    }

    private Optional<Watches> watches() {
        if (!node.isVantage()) return Optional.empty();
        Probes probes = part(new Probes(running.configuration().route(node.id())));
        var watching =
                part(
                        new Watches(
                                probes::of,
                                new SystemPauses(),
                                clock::now,
                                RandomGenerator.getDefault()));
        watching.onTurn(pulse::opinionsTurned);
        watching.onNotice(turns::noticed);
        ledger.sees(
                new Sight() {
                    @Override
                    public Map<WatchKey, Opinion> opinions() {
                        return watching.opinions();
                    }

                    @Override
                    public boolean abstains() {
                        return watching.abstains();
                    }
                });
        watching.reconfigure(
                running.configuration().topology(), running.configuration().selfTest(node.id()));
        // Those of before this start first, so that they are not taken for news later.
        watching.pardon(ledger.intents().pardons());
        ledger.onChange(() -> watching.pardon(ledger.intents().pardons()));
        NodeMetrics.bind(registry, watching);
        return Optional.of(watching);
    }

    private Optional<ControlApi> api() throws IOException {
        NodeMetrics.bind(registry, ledger, keeper, reloads, primary);
        if (apiOptions.isEmpty()) return Optional.empty();
        var fleet =
                new NodeFleet(
                        node, keeper, ledger, pulse, clock, alarms, turns, reloads, this::rollBack);
        var audit = new AuditFile(dataFolder(running.configuration()).resolve("audit.log"));
        ControlApi started = part(ControlApi.start(apiOptions.get(), fleet, audit, registry));
        LOG.info("node {} serves its API on {}", node.id(), node.api().get());
        return Optional.of(started);
    }

    /// Alarms, changed files and memory that nobody needs are looked for once a second.
    private void startLookingAfter() {
        HangUp.onSignal(() -> startReload(this::reload));
        var caretaker =
                new Caretaker(
                        keeper,
                        ledger,
                        alarms,
                        clock,
                        reloads,
                        () -> predecessors.look(isFollowed()),
                        this::startWhatIsDue,
                        this::lookAtParts);
        part(caretaker.start());
    }

    /// On a thread of the system: a virtual one would keep one of the few carriers of probes and
    /// beats for as long as it reads. The node's end does not wait for it.
    private static void startReload(Runnable reload) {
        Thread.ofPlatform().name("reload").daemon().start(reload);
    }

    private void startWhatIsDue() {
        if (reloads.isChanged() && !isReloading.getAndSet(true)) startReload(this::reloadIfChanged);
        if (isSigningDue() && !isSigning.getAndSet(true)) startReload(this::signAgain);
    }

    private boolean isSigningDue() {
        return running.serving().signing().isDue(wall.instant());
    }

    /// Off the path of queries, which are answered with what is there until what is new is ready.
    private synchronized void signAgain() {
        try {
            // A reload that was waited for may have signed.
            if (!isSigningDue()) return;
            Loaded before = running;
            running = Niceness.whileOthersGoFirst(() -> before.signedAgain(ledger, wall.instant()));
            Serving served = before.serving();
            predecessors.add(served, () -> primary.isGiving(served.signedZones()));
            keeper.serve(running.serving());
        } finally {
            isSigning.set(false);
        }
    }

    private synchronized void reloadIfChanged() {
        try {
            // One that was waited for may have read it.
            if (reloads.isChanged()) reload();
        } finally {
            isReloading.set(false);
        }
    }

    private boolean isFollowed() {
        return keeper.edition().serving() == running.serving();
    }

    private List<Alarms.Condition> lookAtParts() {
        List<Alarms.Condition> conditions = PrimaryPlan.conditions(primary);
        listeners.ifPresent(
                of -> {
                    of.look(running.configuration().dns(), wall.instant());
                    conditions.addAll(of.conditions(wall.instant()));
                });
        return conditions;
    }

    private <T extends AutoCloseable> T part(T started) {
        parts.push(started);
        return started;
    }
}
