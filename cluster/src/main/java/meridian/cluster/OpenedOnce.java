package meridian.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import meridian.cluster.Message.Beat;
import meridian.cluster.Message.Contents;
import meridian.cluster.Message.Relayed;
import meridian.cluster.Message.Supplement;
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

    /// Opinions that a message only repeats are the same objects as before, so that each of many
    /// nodes finds at a glance that nothing is new.
    private Opened withKnownOpinions(Opened now) {
        if (!(now instanceof Opened.Authentic(var message))) return now;
        return new Opened.Authentic(
                switch (message) {
                    case Beat it ->
                            new Beat(
                                    it.time(),
                                    it.wall(),
                                    it.configuration(),
                                    known(it.report()),
                                    it.holdings());
                    case Supplement it ->
                            new Supplement(it.node(), it.mark(), it.time(), known(it.contents()));
                });
    }

    private Contents known(Contents contents) {
        List<Relayed> reports =
                contents.reports().stream()
                        .map(it -> new Relayed(known(it.report()), it.age()))
                        .toList();
        return new Contents(reports, contents.entries(), contents.verdicts());
    }

    private Report known(Report report) {
        Report shared = report.sharing(lastReports.getOrDefault(report.vantage(), report));
        lastReports.put(report.vantage(), shared);
        return shared;
    }
}
