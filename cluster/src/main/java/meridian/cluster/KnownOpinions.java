package meridian.cluster;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import meridian.health.Opinion;
import meridian.health.Trie;
import meridian.health.WatchKey;
import meridian.topology.NodeId;

/// The opinions that were last read of each vantage, and their bytes. A vantage repeats thousands
/// each second, and mostly all are as they were: so only those are read whose bytes are other than
/// before, and what is made of them shares the rest with what was there.
final class KnownOpinions {

    /// More than a fleet has vantages. Of those whose reports came longest ago none is remembered.
    private static final int REMEMBERED = 256;

    private static final int EACH = ModelBytes.OPINION_BYTES;

    private final SequencedMap<NodeId, Known> last = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Known {

        /// What the places in `bytes` mean.
        private final List<String> reasons;

        private final byte[] bytes;
        private final Trie<WatchKey, Opinion> opinions;

        Known(List<String> reasons, byte[] bytes, Trie<WatchKey, Opinion> opinions) {
            this.reasons = reasons;
            this.bytes = bytes;
            this.opinions = opinions;
        }

        boolean isOf(List<String> nowReasons, byte[] now) {
            return reasons.equals(nowReasons) && Arrays.equals(bytes, now);
        }

        /// Whether they are about the same keys, in the same order, each once.
        boolean isLike(byte[] now) {
            if (bytes.length != now.length || opinions.size() != bytes.length / EACH) return false;
            for (int at = 0; at < bytes.length; at += EACH) {
                if (!isSame(at, at + Long.BYTES, now)) return false;
            }
            return true;
        }

        private boolean isSame(int from, int to, byte[] now) {
            return Arrays.equals(bytes, from, to, now, from, to);
        }

        /// What was read of these bytes, sharing all that is as before.
        Trie<WatchKey, Opinion> after(List<String> nowReasons, byte[] now) {
            return isLike(now) ? turned(nowReasons, now) : all(nowReasons, now).sharing(opinions);
        }

        private Trie<WatchKey, Opinion> turned(List<String> nowReasons, byte[] now) {
            int same = sameReasons(nowReasons);
            var others = new HashMap<WatchKey, Opinion>();
            for (int at = 0; at < bytes.length; at += EACH) {
                boolean stands = isSame(at, at + EACH, now) && ModelBytes.reasonAt(now, at) < same;
                if (!stands) read(now, at, nowReasons, others);
            }
            return opinions.withAll(others.entrySet());
        }

        /// How many places mean the same in both.
        private int sameReasons(List<String> nowReasons) {
            int same = 0;
            while (same < Math.min(reasons.size(), nowReasons.size())
                    && reasons.get(same).equals(nowReasons.get(same))) same++;
            return same;
        }
    }

    /// Reads the reasons and opinions in a report of `vantage`.
    synchronized Trie<WatchKey, Opinion> read(NodeId vantage, ByteSource in) {
        List<String> reasons = ModelBytes.readReasons(in);
        byte[] bytes = in.raw(EACH * in.count(EACH));
        Optional<Known> before = Optional.ofNullable(last.get(vantage));
        if (before.filter(known -> known.isOf(reasons, bytes)).isPresent())
            return before.get().opinions;
        Trie<WatchKey, Opinion> opinions =
                before.map(known -> known.after(reasons, bytes))
                        .orElseGet(() -> all(reasons, bytes));
        last.put(vantage, new Known(reasons, bytes, opinions));
        if (last.size() > REMEMBERED) last.pollFirstEntry();
        return opinions;
    }

    private static Trie<WatchKey, Opinion> all(List<String> reasons, byte[] bytes) {
        var opinions = HashMap.<WatchKey, Opinion>newHashMap(bytes.length / EACH);
        for (int at = 0; at < bytes.length; at += EACH) read(bytes, at, reasons, opinions);
        return Trie.copyOf(opinions);
    }

    private static void read(
            byte[] bytes, int at, List<String> reasons, Map<WatchKey, Opinion> into) {
        var in = new ByteSource(bytes, at, EACH);
        into.put(new WatchKey(in.i64()), ModelBytes.readOpinion(in, reasons));
    }
}
