package meridian.simulation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import meridian.cluster.ClusterKeys;
import meridian.cluster.HybridClock;
import meridian.cluster.LastKnownGood;
import meridian.cluster.Ledger;
import meridian.cluster.Pace;
import meridian.cluster.Rhythm;
import meridian.cluster.SavedState;
import meridian.cluster.StateStore;
import meridian.dns.ResolverAddress;
import meridian.dns.Responder;
import meridian.dns.ServerCookies;
import meridian.dns.Told;
import meridian.dns.Transport;
import meridian.dns.UdpAnswers;
import meridian.dns.ready.Edition;
import meridian.dns.ready.FastPath;
import meridian.dns.ready.Moment;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Quorum;
import meridian.intent.Entry;
import meridian.intent.Intents;
import meridian.intent.Retirement;
import meridian.steering.ServiceState;
import meridian.topology.NodeId;

/// One process of the fleet: the real parts, put together as a node puts them together, and let run
/// by timers where a node has threads.
final class SimulatedNode implements Rhythm {

    static final ClusterKeys KEYS =
            ClusterKeys.of(
                    List.of("the key of a simulated fleet".getBytes(StandardCharsets.US_ASCII)));

    private static final byte[] COOKIE_KEY = new byte[16];

    /// Octets of a message over TCP.
    private static final int LONGEST = 0xffff;

    /// How long the keeper takes to be woken, and to count the votes on each key: what arrives in
    /// the meantime is counted with the rest.
    private static final long WAKING = Times.MILLI;

    private static final long COUNTING = 4_000;

    /// As a node's pulse: what turned is on disk after this long.
    private static final long BETWEEN_SAVES = Duration.ofMillis(50).toNanos();

    private final Machine machine;
    private final Inspector inspector;
    private final Parts parts;
    private final Common common;
    private final Ledger ledger;
    private final SnapshotKeeper keeper;
    private final Responder responder;
    private final UdpAnswers answers;
    private final ResolverAddress asking = new ResolverAddress();
    private final ByteBuffer overTcp = ByteBuffer.allocate(LONGEST);
    private final Optional<Checker> checker;
    private final Timer beats;
    private final Timer saves;
    private final Timer steps;
    private Scenario.Settings settings;
    private Serving serving;
    private Edition edition;
    private Pace pace;
    private boolean turned;
    private boolean woken;
    private long savedAt;
    private long draw;

    /// @throws IOException if its disk takes nothing
    SimulatedNode(Machine machine, Simulation simulation) throws IOException {
        this.machine = machine;
        this.inspector = simulation.inspector();
        this.parts = simulation.parts();
        this.common = simulation.common();
        this.settings = machine.settings();
        this.serving = parts.understood(settings.serving());
        StateStore kept = kept();
        ledger =
                new Ledger(
                        self(),
                        settings.hash(),
                        simulation.codec(),
                        parts.topic(simulation.links().end(machine)),
                        kept,
                        new HybridClock(machine.clocks(), machine.clocks()::nanos),
                        machine.clocks()::nanos);
        machine.runs(this);
        inspector.started(this);
        keeper = SnapshotKeeper.sharing(simulation.compiled(), self(), serving);
        edition = step().edition();
        responder =
                new Responder(
                        () -> edition.snapshot(),
                        () -> draw,
                        Responder.Limits.DEFAULT,
                        ServerCookies.of(COOKIE_KEY, machine.clocks()),
                        Told.NOTHING,
                        machine.clocks());
        answers = new FastPath(() -> edition.snapshot(), responder, () -> draw);
        beats = new Timer(machine, this::beat);
        saves = new Timer(machine, this::save);
        steps = new Timer(machine, this::publish);
        pace = new Pace(nanos() - Pace.SECOND_NANOS, 0);
        savedAt = nanos();
        checker =
                machine.node().isVantage()
                        ? Optional.of(new Checker(this, simulation, this::beatNow))
                        : Optional.empty();
        inspector.published(this);
        start();
    }

    private StateStore kept() throws IOException {
        Disk disk = machine.disk();
        SavedState expected = disk.newest();
        var files = LastKnownGood.in(parts.files(disk));
        inspector.found(machine, expected, files.saved());
        return parts.store(disk.noting(files));
    }

    Machine machine() {
        return machine;
    }

    Ledger ledger() {
        return ledger;
    }

    Parts parts() {
        return parts;
    }

    Edition edition() {
        return edition;
    }

    Serving serving() {
        return serving;
    }

    NodeId self() {
        return machine.node().id();
    }

    Optional<Checker> checker() {
        return checker;
    }

    long nanos() {
        return machine.clocks().nanos();
    }

    /// The time by which drains end here.
    Instant wall() {
        return ledger.clock().wall();
    }

    /// The vantages that are not retired, as far as it knows.
    Quorum electorate() {
        if (ledger.intents().entries().isEmpty()) return serving.quorum();
        var retired = new HashSet<NodeId>();
        for (Entry entry : ledger.intents().entries().values()) {
            if (entry.intent() instanceof Retirement retirement && entry.standsAt(wall()))
                retired.add(retirement.vantage());
        }
        return retired.isEmpty() ? serving.quorum() : serving.quorum().without(retired);
    }

    /// The services with all that it knows now.
    List<ServiceState> known() {
        return parts.known(edition, ledger.tally(), ledger.intents(), wall());
    }

    private Moment moment() {
        return new Moment(nanos(), ledger.clock().now(), wall());
    }

    /// Asks it over UDP, and over TCP what does not fit.
    ///
    /// @param number what the weighted choice of this answer is handed
    /// @return the response, to be read before it is asked again; empty where it says nothing
    Optional<ByteBuffer> ask(ByteBuffer query, InetSocketAddress client, long number) {
        draw = number;
        ByteBuffer out = ByteBuffer.allocate(Responder.PAYLOAD_SIZE);
        asking.set(client);
        int octets = answers.answer(query.duplicate(), asking, out);
        if (octets == 0) return Optional.empty();
        return Dig.isTruncated(out) ? askOverTcp(query, client) : Optional.of(out.flip());
    }

    private Optional<ByteBuffer> askOverTcp(ByteBuffer query, InetSocketAddress client) {
        boolean hasResponse = responder.respond(query, client, Transport.TCP, overTcp.clear());
        return hasResponse ? Optional.of(overTcp.flip()) : Optional.empty();
    }

    /// Keeps an operator's wish.
    ///
    /// @throws IOException if its disk takes nothing
    void put(Entry entry) throws IOException {
        ledger.put(entry);
        inspector.acknowledged(this, entry);
    }

    /// Reads its configuration again.
    void reconfigure(Scenario.Settings next, Supplier<Serving> read) {
        Serving before = serving;
        serving = parts.configured(serving, read);
        if (serving == before) return;
        settings = next;
        ledger.runs(settings.hash());
        checker.ifPresent(checking -> checking.reconfigure(settings));
        keeper.serve(serving);
        wake();
    }

    Scenario.Settings settings() {
        return settings;
    }

    @Override
    public void beatNow() {
        turned = true;
        beats.in(pace.due(true) - nanos());
    }

    @Override
    public void saveNow() {
        saves.in(savedAt + BETWEEN_SAVES - nanos());
    }

    @Override
    public void heard() {
        inspector.heard(this);
    }

    private void start() {
        ledger.onChange(this::wake);
        ledger.pacedBy(this);
        checker.ifPresent(
                checking -> {
                    ledger.sees(parts.sight(checking, () -> serving));
                    checking.reconfigure(settings);
                    checking.pardon(ledger.intents().pardons());
                    ledger.onChange(() -> checking.pardon(ledger.intents().pardons()));
                });
        beats.in(0);
        saves.in(Pace.SECOND_NANOS);
        steps.in(Pace.SECOND_NANOS);
    }

    private void beat() {
        turned = false;
        long now = nanos();
        inspector.beats(this);
        pace = new Pace(now, ledger.beat());
        beats.in(pace.due(turned) - nanos());
    }

    private void save() {
        savedAt = nanos();
        ledger.save();
        inspector.saved(machine);
        saves.in(Pace.SECOND_NANOS);
    }

    private void wake() {
        if (woken) return;
        woken = true;
        steps.in(WAKING + COUNTING * serving.keys().size());
    }

    private void publish() {
        woken = false;
        Edition before = edition;
        edition = step().edition();
        if (edition.number() != before.number()) inspector.published(this);
        steps.in(Pace.SECOND_NANOS);
    }

    private SnapshotKeeper.Step step() {
        Moment now = moment();
        Intents intents = ledger.intents();
        var counted =
                ledger.count(
                        tally -> {
                            var next = parts.counted(keeper, serving, intents, now, tally);
                            inspector.counted(this, tally, next);
                            return common.shared(next);
                        });
        inspector.stepped(this);
        return parts.published(keeper, counted, intents, now);
    }
}
