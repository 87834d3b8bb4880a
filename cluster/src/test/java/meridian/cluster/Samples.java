package meridian.cluster;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import meridian.cluster.Message.Beat;
import meridian.cluster.Message.Contents;
import meridian.cluster.Message.Holdings;
import meridian.cluster.Message.Relayed;
import meridian.cluster.Message.Supplement;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Report;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Confirmation;
import meridian.intent.Drain;
import meridian.intent.Entry;
import meridian.intent.Failback;
import meridian.intent.Freeze;
import meridian.intent.Intent;
import meridian.intent.Intents;
import meridian.intent.Origin;
import meridian.intent.Pardon;
import meridian.intent.Retirement;
import meridian.intent.Scope;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// Values to test with, drawn where a draw is given.
final class Samples {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final ClusterKeys KEYS = keys("the key of the tests, 32 bytes..");
    static final NodeId A = new NodeId("a");
    static final NodeId B = new NodeId("b");
    static final NodeId C = new NodeId("c");

    private static final List<NodeId> NODES = List.of(A, B, C);

    private Samples() {}

    static ClusterKeys keys(String... keys) {
        var bytes = new ArrayList<byte[]>();
        for (String key : keys) bytes.add(key.getBytes(StandardCharsets.UTF_8));
        return ClusterKeys.of(bytes);
    }

    static Entry drain(String id, Stamp stamp) {
        var scope = new Scope(new RegionId("us-east"), Optional.empty());
        return new Entry(new Drain(origin(id), scope, false), Optional.empty(), stamp);
    }

    private static Origin origin(String id) {
        return new Origin(
                id, "ann", "power works", NOON, Optional.of(NOON.plus(Duration.ofHours(2))));
    }

    static Stamp stamp(long millis, NodeId node) {
        return new Stamp(new HybridTime(millis, 0), node);
    }

    static Opinion down(long since) {
        return new Opinion(Health.DOWN, new HybridTime(since, 0), "refused");
    }

    static Entry entry(Random draw) {
        Stamp stamp = drawnStamp(draw);
        if (draw.nextBoolean()) return drain("intent-" + draw.nextInt(6), stamp);
        return new Entry(intent(draw), Optional.of(new Entry.Ending("ann", NOON)), stamp);
    }

    private static Intent intent(Random draw) {
        int kind = draw.nextInt(6);
        // One id is never that of two intents.
        Origin origin =
                kind == 0
                        ? origin("other-0")
                        : new Origin("other-" + kind, "bob", "näher dran", NOON, Optional.empty());
        var scope = new Scope(new RegionId("eu-west"), Optional.of(new ServiceId("shop")));
        return switch (kind) {
            case 0 -> new Drain(origin, scope, true);
            case 1 -> new Freeze(origin);
            case 2 -> new Retirement(origin, A);
            case 3 -> new Confirmation(origin, scope);
            case 4 -> new Failback(origin, scope);
            default -> new Pardon(origin, InetAddress.getLoopbackAddress());
        };
    }

    static Map<WatchKey, Verdict> verdicts(Random draw) {
        var verdicts = new HashMap<WatchKey, Verdict>();
        for (int i = draw.nextInt(5); i > 0; i--) {
            verdicts.put(key(draw), new Verdict(turn(draw), drawnStamp(draw)));
        }
        return verdicts;
    }

    static Report report(Random draw) {
        var opinions = new HashMap<WatchKey, Opinion>();
        NodeId node = NODES.get(draw.nextInt(3));
        long incarnation = draw.nextInt(3);
        long sequence = draw.nextInt(5);
        // One vantage never says two things under one number.
        var content = new Random(31 * (31L * node.hashCode() + incarnation) + sequence);
        for (int i = content.nextInt(5); i > 0; i--) {
            var since = new HybridTime(content.nextInt(100), content.nextInt(3));
            opinions.put(
                    key(content),
                    new Opinion(
                            health(content),
                            since,
                            "status " + content.nextInt(3),
                            Duration.ofSeconds(content.nextInt(2) * 40L)));
        }
        return new Report(node, incarnation, sequence, content.nextBoolean(), opinions);
    }

    static Contents contents(Random draw) {
        var reports = new ArrayList<Relayed>();
        for (int i = draw.nextInt(3); i > 0; i--)
            reports.add(new Relayed(report(draw), Duration.ofMillis(draw.nextInt(100))));
        var entries = new ArrayList<Entry>();
        for (int i = draw.nextInt(3); i > 0; i--) entries.add(entry(draw));
        return new Contents(reports, entries, verdicts(draw));
    }

    static Message message(Random draw) {
        var time = new HybridTime(draw.nextInt(1000), draw.nextInt(5));
        if (draw.nextBoolean())
            return new Supplement(
                    A, new Mark(draw.nextInt(9), draw.nextInt(9)), time, contents(draw));
        var hears = new HashSet<NodeId>();
        for (NodeId node : NODES) if (draw.nextBoolean()) hears.add(node);
        Report report = report(draw);
        var holdings =
                new Holdings(
                        Map.of(report.vantage(), Mark.of(report)),
                        Set.copyOf(hears),
                        Digest.of(Intents.NONE.with(entry(draw))),
                        Digest.of(verdicts(draw)));
        return new Beat(time, draw.nextInt(1000), "c0ffee", report, holdings);
    }

    /// Stamps are of one saying each: what is drawn twice is drawn with the same content elsewhere,
    /// or differs in its counter.
    private static Stamp drawnStamp(Random draw) {
        var time = new HybridTime(draw.nextInt(1_000_000), draw.nextInt(1_000_000));
        return new Stamp(time, NODES.get(draw.nextInt(3)));
    }

    private static WatchKey key(Random draw) {
        return new WatchKey(draw.nextInt(8));
    }

    private static Health turn(Random draw) {
        return draw.nextBoolean() ? Health.UP : Health.DOWN;
    }

    private static Health health(Random draw) {
        return List.of(Health.UP, Health.DOWN, Health.UNKNOWN).get(draw.nextInt(3));
    }
}
