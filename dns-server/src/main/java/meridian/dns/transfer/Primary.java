package meridian.dns.transfer;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import meridian.dns.Secondaries;
import meridian.dns.ready.Edition;
import meridian.dns.tsig.TsigKeys;
import meridian.dns.wire.Serial;
import meridian.dns.zone.Zone;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.topology.ZoneTransfer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that publishes versions of zones, and has secondaries told of them.
///
/// ```
/// edition -> version -> on disk -> for transfers -> SOA in an edition -> NOTIFY
/// ```
///
/// Who is told asks for the SOA at once: so that is shown before.
public final class Primary implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Primary.class);

    /// Until what failed is tried again.
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /// What it does with the outside.
    ///
    /// @param edition gives that of the moment
    /// @param show has the SOAs shown, by apex
    /// @param book keeps serials
    /// @param nanos monotonic
    public record Surroundings(
            Supplier<Edition> edition,
            Consumer<Map<DomainName, RRset>> show,
            SerialBook book,
            InstantSource clock,
            LongSupplier nanos) {}

    /// Keeps serials where the next start finds them.
    @FunctionalInterface
    public interface SerialBook {
        void write(Map<DomainName, SavedSerial> serials) throws IOException;
    }

    /// What the configuration says.
    ///
    /// @param zones that this node is the primary of, by apex
    public record Settings(Map<DomainName, ZoneTransfer> zones, TsigKeys keys) {

        public static final Settings NONE = new Settings(Map.of(), TsigKeys.NONE);

        public Settings {
            zones = Map.copyOf(zones);
        }
    }

    private final Surroundings around;
    private final Publisher publisher;
    private final Notifier notifier;
    private final Gate gate;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().name("zone-transfers").daemon().unstarted(this::keep);
    private final Set<DomainName> untold = new HashSet<>();

    /// Whether there are serials that are not on disk yet.
    private boolean isUnwritten;

    /// Whether the last write did, and was logged.
    private boolean hasFailed;

    /// The SOAs that were last shown.
    private Map<DomainName, RRset> shown = Map.of();

    private volatile Map<DomainName, Throwable> failed = Map.of();
    private volatile Settings settings;
    private volatile Map<DomainName, Published> published = Map.of();
    private volatile boolean closed;

    /// @param saved what the book said when this process started
    /// @param payloadSize octets that we take over UDP
    public Primary(
            Surroundings around,
            Settings settings,
            Map<DomainName, SavedSerial> saved,
            int payloadSize) {
        this.around = around;
        this.settings = settings;
        this.publisher = new Publisher(saved);
        this.notifier = new Notifier(around.clock());
        this.gate =
                new Gate(
                        () -> published,
                        () -> this.settings.keys(),
                        payloadSize,
                        around.clock(),
                        around.nanos());
    }

    /// Takes the first step, in the thread that asks: there is something to give before anyone can
    /// ask. If it fails there is not, and queries are answered all the same.
    public void prepare() {
        var _ = attempt();
    }

    /// Tells of versions from now on, and makes the next ones: whoever is told can ask.
    public void start() {
        thread.start();
        wake();
    }

    /// What others may have from now on.
    public Secondaries secondaries() {
        return new Secondaries(settings.keys(), gate);
    }

    /// The versions that are given, by apex.
    public Map<DomainName, Serial> serials() {
        var serials = new HashMap<DomainName, Serial>();
        published.forEach((apex, zone) -> serials.put(apex, zone.version().serial()));
        return serials;
    }

    /// What keeps zones from having a version, or a next one, by apex.
    public Map<DomainName, Throwable> failed() {
        return failed;
    }

    /// Transfers that were begun, since the start.
    public long given() {
        return gate.given();
    }

    /// Transfers that were refused because too many were under way, since the start.
    public long turnedAway() {
        return gate.turnedAway();
    }

    /// Transfers that were taken too slowly, since the start.
    public long cutOff() {
        return gate.cutOff();
    }

    /// Whether a transfer reads one of these zones, which serve no more, or the next one would: of
    /// what serves now there may be no version yet, since the disk hangs on which it is written.
    public boolean isGiving(Stream<Zone> before) {
        return before.anyMatch(zone -> isOfVersion(zone) || gate.isGiving(zone));
    }

    private boolean isOfVersion(Zone zone) {
        return published.values().stream()
                .anyMatch(it -> it.version().content().zone().equals(zone));
    }

    /// Those whom nobody reached with the news of a version, since the start.
    public long unanswered() {
        return notifier.unanswered();
    }

    public void configure(Settings next) {
        settings = next;
        wake();
    }

    /// There is another edition.
    public void wake() {
        news.release();
    }

    @Override
    public void close() {
        closed = true;
        wake();
        notifier.close();
    }

    private void keep() {
        var due = OptionalLong.empty();
        while (!closed) {
            try {
                rest(due);
                due = attempt();
            } catch (InterruptedException _) {
                closed = true;
            }
        }
    }

    /// When the next step is due. A node without memory is to end, and not to limp.
    private OptionalLong attempt() {
        try {
            return step();
        } catch (OutOfMemoryError defect) {
            throw defect;
        } catch (RuntimeException | Error defect) {
            LOG.error("zones could not be made ready for secondaries", defect);
            return OptionalLong.of(around.nanos().getAsLong() + AGAIN.toNanos());
        }
    }

    private void rest(OptionalLong due) throws InterruptedException {
        long now = around.nanos().getAsLong();
        long untilDue = due.isPresent() ? due.getAsLong() - now : Long.MAX_VALUE;
        boolean isUndone = isUnwritten || !failed.isEmpty();
        long rest = isUndone ? Math.min(untilDue, AGAIN.toNanos()) : untilDue;
        if (news.tryAcquire(Math.max(0, rest), TimeUnit.NANOSECONDS)) news.drainPermits();
    }

    private OptionalLong step() {
        Settings now = settings;
        Edition edition = around.edition().get();
        Publisher.Step step = publisher.step(edition, now.zones(), around.nanos().getAsLong());
        untold.addAll(step.moved());
        if (!step.moved().isEmpty()) isUnwritten = true;
        if (isUnwritten) write();
        published = step.zones();
        note(step.failed());
        show(soas(step.zones()));
        tell(edition, now.keys());
        return step.due();
    }

    /// Each defect is logged once, however often it is tried again.
    private void note(Map<DomainName, Throwable> defects) {
        defects.forEach(
                (apex, defect) -> {
                    if (!failed.containsKey(apex))
                        LOG.error("zone {} could not be made ready for secondaries", apex, defect);
                });
        failed = defects;
    }

    private void show(Map<DomainName, RRset> soas) {
        if (soas.equals(shown)) return;
        around.show().accept(soas);
        shown = soas;
    }

    private static Map<DomainName, RRset> soas(Map<DomainName, Published> zones) {
        var soas = new HashMap<DomainName, RRset>();
        zones.forEach((apex, zone) -> soas.put(apex, zone.version().soa()));
        return soas;
    }

    /// A version is given though it could not be written down: secondaries would not move traffic
    /// otherwise.
    private void write() {
        try {
            around.book().write(publisher.saved());
            isUnwritten = false;
            hasFailed = false;
        } catch (IOException e) {
            if (!hasFailed)
                LOG.error(
                        "serials of zones cannot be written, so secondaries may take this node's"
                                + " zones for old ones after its next start: {}",
                        e.toString());
            hasFailed = true;
        }
    }

    private void tell(Edition edition, TsigKeys keys) {
        untold.retainAll(published.keySet());
        for (DomainName apex : Set.copyOf(untold)) {
            Published zone = published.get(apex);
            if (zone == null || !isShown(edition, zone.version())) continue;
            untold.remove(apex);
            notifier.tell(zone.version().bareSoa(), zone.how().notified(), keys);
        }
    }

    private static boolean isShown(Edition edition, Version version) {
        return edition.snapshot()
                .zones()
                .soa(version.soa().owner())
                .filter(soa -> Serial.of(soa).equals(version.serial()))
                .isPresent();
    }
}
