package meridian.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import meridian.health.Report;
import meridian.topology.NodeId;

/// Opens each message once, however many nodes of a simulated fleet it comes to: what all of them
/// would read in the same bytes is worked out by the first. For one thread.
public final class OpenedOnce extends MessageCodec {

    /// More than are under way at once.
    private static final int REMEMBERED = 1_000;

    private final IdentityHashMap<byte[], Opened> opened = new IdentityHashMap<>();
    private final Deque<byte[]> order = new ArrayDeque<>();
    private final Map<NodeId, Report> lastReports = new HashMap<>();

    public OpenedOnce(ClusterKeys keys) {
        super(keys);
    }

    @Override
    Opened open(byte[] bytes) {
        Opened before = opened.get(bytes);
        if (before != null) return before;
        Opened now = withKnownOpinions(super.open(bytes));
        opened.put(bytes, now);
        order.add(bytes);
        if (order.size() > REMEMBERED) opened.remove(order.remove());
        return now;
    }

    /// Opinions that a beat only repeats are the same object as before, so that each of many nodes
    /// finds at a glance that nothing is new.
    private Opened withKnownOpinions(Opened now) {
        if (!(now instanceof Opened.Authentic(Message.Beat beat))) return now;
        Report before = lastReports.getOrDefault(beat.node(), beat.report());
        Report report = beat.report().sharing(before);
        lastReports.put(beat.node(), report);
        return new Opened.Authentic(
                new Message.Beat(
                        beat.time(), beat.wall(), beat.configuration(), report, beat.holdings()));
    }
}
