package meridian.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import meridian.cluster.Message.Beat;
import meridian.cluster.Message.Supplement;
import meridian.topology.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices when this process stood still: suspended, starved of processor time, or moved to another
/// machine. What it reads right afterwards may have waited in its sockets all the while: votes and
/// verdicts on what has long turned back, and the end of the story may have got lost with a
/// connection. So nothing that a node says is taken until a beat of it shows that it has heard what
/// was said here since; what it says from then on is new. What is not taken shows in the next beats
/// as lacking, and comes again.
///
/// The ledger's lock guards it.
final class Standstill {

    private static final Logger LOG = LoggerFactory.getLogger(Standstill.class);

    /// Beats are sent once a second: who does nothing for as long stood still. Others may give up a
    /// connection on which nothing comes for not much longer.
    private static final long NOTICED_NANOS = Duration.ofSeconds(2).toNanos();

    /// Whoever hears this node at all shows it within this time; who does not may never.
    private static final long WARY_NANOS = Duration.ofSeconds(2).toNanos();

    private final NodeId self;
    private final LongSupplier nanos;
    private final Supplier<Mark> said;
    private final Set<NodeId> awake = new HashSet<>();

    /// What each node said since its last beat: it sends the beat right behind.
    private final Map<NodeId, List<Message>> doubtful = new HashMap<>();

    private Optional<Mark> before = Optional.empty();
    private boolean hasRun;
    private long lastRan;
    private long waryUntil;

    /// @param nanos the monotonic clock
    /// @param said the number of the last message that this node sent
    Standstill(NodeId self, LongSupplier nanos, Supplier<Mark> said) {
        this.self = self;
        this.nanos = nanos;
        this.said = said;
    }

    /// Takes note that this process runs.
    void runs() {
        long now = nanos.getAsLong();
        if (hasRun && now - lastRan > NOTICED_NANOS) notice(now);
        if (before.isPresent() && now - waryUntil >= 0) before = Optional.empty();
        hasRun = true;
        lastRan = now;
    }

    /// What is to be taken now that this has come, in the order in which it was said.
    List<Message> heard(Message message) {
        runs();
        if (message instanceof Beat beat && shows(beat)) awake.add(beat.node());
        if (before.isEmpty() || awake.contains(message.node())) return withDoubtful(message);
        switch (message) {
            case Beat beat -> doubtful.remove(beat.node());
            case Supplement it ->
                    doubtful.computeIfAbsent(it.node(), _ -> new ArrayList<>()).add(it);
        }
        return List.of();
    }

    private void notice(long now) {
        LOG.warn(
                "this process stood still for {} ms; what waited for it meanwhile is not taken",
                Duration.ofNanos(now - lastRan).toMillis());
        before = Optional.of(said.get());
        waryUntil = now + WARY_NANOS;
        awake.clear();
        doubtful.clear();
    }

    private boolean shows(Beat beat) {
        Mark ours = beat.holdings().reports().get(self);
        return ours != null && before.filter(last -> ours.compareTo(last) > 0).isPresent();
    }

    private List<Message> withDoubtful(Message message) {
        List<Message> all = new ArrayList<>();
        Optional.ofNullable(doubtful.remove(message.node())).ifPresent(all::addAll);
        all.add(message);
        return all;
    }
}
