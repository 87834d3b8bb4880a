package meridian.cluster;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import meridian.cluster.Message.Contents;
import meridian.cluster.Message.Supplement;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import org.jspecify.annotations.Nullable;

/// Opens each message once, however many nodes of a simulated fleet it comes to: what all of them
/// would read in the same bytes is worked out by the first. A message is remembered for as long as
/// its bytes are under way to anyone. For one thread.
public final class OpenedOnce extends MessageCodec {

    private final Map<Object, Opened> opened = new HashMap<>();
    private final ReferenceQueue<byte[]> arrived = new ReferenceQueue<>();
    private final UnaryOperator<Trie<WatchKey, Verdict>> sharing;

    /// The very bytes of a message, whatever is in others.
    private static final class Bytes extends WeakReference<byte[]> {
        private final int hash;

        Bytes(byte[] bytes, ReferenceQueue<byte[]> arrived) {
            super(bytes, arrived);
            hash = System.identityHashCode(bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }
    }

    /// Finds [Bytes] that are not gone.
    private static final class Sought {
        private final byte[] bytes;

        Sought(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(bytes);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes it && it.refersTo(bytes);
        }
    }

    /// @param sharing the same verdicts, by as many objects as possible that nodes have already
    public OpenedOnce(ClusterKeys keys, UnaryOperator<Trie<WatchKey, Verdict>> sharing) {
        super(keys);
        this.sharing = sharing;
    }

    @Override
    Opened open(byte[] bytes) {
        Opened before = opened.get(new Sought(bytes));
        if (before != null) return before;
        for (var gone = arrived.poll(); gone != null; gone = arrived.poll()) opened.remove(gone);
        Opened now = sharing(super.open(bytes));
        opened.put(new Bytes(bytes, arrived), now);
        return now;
    }

    private Opened sharing(Opened now) {
        if (!(now instanceof Opened.Authentic(Supplement it))) return now;
        Contents all = it.contents();
        var shared = new Contents(all.reports(), all.entries(), sharing.apply(all.verdicts()));
        return new Opened.Authentic(new Supplement(it.node(), it.mark(), it.time(), shared));
    }
}
