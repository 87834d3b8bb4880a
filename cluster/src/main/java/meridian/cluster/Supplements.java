package meridian.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import meridian.cluster.Message.Contents;
import meridian.cluster.Message.Relayed;
import meridian.health.Tally.Ballot;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Entry;
import meridian.topology.NodeId;

/// What this node sends because another lacks it: in messages of bounded size, and the same thing
/// not twice within half a second, since all hear what is sent to one. The ledger's lock guards it.
final class Supplements {

    /// An entry is 3 kB at most, and mostly 200 bytes.
    static final int ENTRIES_PER_MESSAGE = 100;

    /// A verdict is 30 bytes or so.
    static final int VERDICTS_PER_MESSAGE = 5_000;

    private static final long AGAIN_AFTER_NANOS = Duration.ofMillis(500).toNanos();

    private final Map<NodeId, Long> reportsSent = new HashMap<>();
    private final Map<Integer, Long> intentsSent = new HashMap<>();
    private final Map<Integer, Long> verdictsSent = new HashMap<>();

    /// Reports that are no longer fresh are no use to anyone, and are not passed on.
    List<Contents> toSend(Lack lack, Knowledge knowledge, long now) {
        if (lack.isNothing()) return List.of();
        var contents = new ArrayList<Contents>();
        lack.reports().stream()
                .sorted()
                .flatMap(node -> knowledge.ballot(node).stream())
                .map(ballot -> relayed(ballot, now))
                .filter(relayed -> relayed.age().toNanos() <= Peers.HEARD_FOR_NANOS)
                .filter(relayed -> isDue(reportsSent, relayed.report().vantage(), now))
                .map(Contents::of)
                .forEach(contents::add);
        entries(dueOf(lack.intents(), intentsSent, now), knowledge).forEach(contents::add);
        verdicts(dueOf(lack.verdicts(), verdictsSent, now), knowledge).forEach(contents::add);
        return contents;
    }

    private static Relayed relayed(Ballot ballot, long now) {
        return new Relayed(ballot.report(), Duration.ofNanos(Math.max(0, now - ballot.arrived())));
    }

    private static List<Contents> entries(long buckets, Knowledge knowledge) {
        if (buckets == 0) return List.of();
        List<Entry> entries =
                knowledge.intents().entries().values().stream()
                        .filter(entry -> isIn(buckets, Digest.bucket(entry.intent().id())))
                        .toList();
        return split(entries, ENTRIES_PER_MESSAGE, Contents::of);
    }

    private static List<Contents> verdicts(long buckets, Knowledge knowledge) {
        if (buckets == 0) return List.of();
        var verdicts = new ArrayList<Map.Entry<WatchKey, Verdict>>();
        for (var entry : knowledge.tally().verdicts().entrySet()) {
            WatchKey key = entry.getKey();
            if (isIn(buckets, Digest.bucket(key)) && knowledge.isWatched(key)) verdicts.add(entry);
        }
        return split(verdicts, VERDICTS_PER_MESSAGE, Supplements::verdicts);
    }

    private static Contents verdicts(List<Map.Entry<WatchKey, Verdict>> part) {
        var verdicts = new HashMap<WatchKey, Verdict>();
        part.forEach(entry -> verdicts.put(entry.getKey(), entry.getValue()));
        return Contents.of(verdicts);
    }

    private static <T> List<Contents> split(
            List<T> things, int perMessage, Function<List<T>, Contents> make) {
        var parts = new ArrayList<Contents>();
        for (int from = 0; from < things.size(); from += perMessage) {
            int to = Math.min(things.size(), from + perMessage);
            parts.add(make.apply(things.subList(from, to)));
        }
        return parts;
    }

    private static long dueOf(long buckets, Map<Integer, Long> sent, long now) {
        long due = 0;
        for (int bucket = 0; bucket < Digest.BUCKETS; bucket++) {
            if (isIn(buckets, bucket) && isDue(sent, bucket, now)) due |= 1L << bucket;
        }
        return due;
    }

    private static <K> boolean isDue(Map<K, Long> sent, K key, long now) {
        Long last = sent.get(key);
        if (last != null && now - last < AGAIN_AFTER_NANOS) return false;
        sent.put(key, now);
        return true;
    }

    private static boolean isIn(long buckets, int bucket) {
        return (buckets >>> bucket & 1) != 0;
    }
}
