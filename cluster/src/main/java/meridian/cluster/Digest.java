package meridian.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Entry;
import meridian.intent.Intents;
import meridian.time.Stamp;

/// What a node holds of one kind, said in 512 bytes however much it is: the things are dealt into
/// 64 buckets by their key, and each bucket has one hash over all that is in it. Where two nodes'
/// buckets differ, one of them lacks something.
final class Digest {

    static final int BUCKETS = 64;

    private final long[] hashes;

    private Digest(long[] hashes) {
        this.hashes = hashes;
    }

    static Digest of(Intents intents) {
        var hashes = new long[BUCKETS];
        intents.entries().forEach((id, entry) -> hashes[bucket(id)] ^= hash(id, entry));
        return new Digest(hashes);
    }

    static Digest of(Map<WatchKey, Verdict> verdicts) {
        var hashes = new long[BUCKETS];
        verdicts.forEach((key, verdict) -> hashes[bucket(key)] ^= hash(key, verdict));
        return new Digest(hashes);
    }

    /// The digest of a node's verdicts, made of that of what it knew `before`: a bucket's hash is
    /// over all that is in it in no order, so that what leaves and what comes can be told alone.
    Digest after(Knowledge before, Knowledge now) {
        Set<WatchKey> news = now.newsSince(before);
        if (news.isEmpty()) return this;
        long[] next = hashes.clone();
        for (WatchKey key : news) {
            for (Knowledge one : List.of(before, now))
                one.watchedVerdict(key).ifPresent(it -> next[bucket(key)] ^= hash(key, it));
        }
        return new Digest(next);
    }

    static Digest read(ByteSource in) {
        var hashes = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) hashes[i] = in.i64();
        return new Digest(hashes);
    }

    void write(ByteSink out) {
        for (long hash : hashes) out.i64(hash);
    }

    static int bucket(String id) {
        return (int) (hash(id) >>> 58);
    }

    /// The lowest bits by which a [Trie] parts its entries: so all verdicts of a bucket are one
    /// part of what a node holds, and where they come from another that has the same, they meet at
    /// once.
    static int bucket(WatchKey key) {
        return Trie.place(key) & (BUCKETS - 1);
    }

    /// The buckets in which the two nodes hold different things, one bit each.
    long differing(Digest other) {
        long differing = 0;
        for (int i = 0; i < BUCKETS; i++) {
            if (hashes[i] != other.hashes[i]) differing |= 1L << i;
        }
        return differing;
    }

    private static long hash(String id, Entry entry) {
        return mix(hash(id) + (entry.ending().isPresent() ? 1 : 0)) ^ hash(id, entry.stamp());
    }

    private static long hash(String id, Stamp stamp) {
        return mix(hash(id) + 31 * hash(stamp));
    }

    private static long hash(WatchKey key, Verdict verdict) {
        return mix(
                mix(key.value()) + 31 * hash(verdict.stamp()) + ModelBytes.code(verdict.health()));
    }

    private static long hash(Stamp stamp) {
        long time = mix(stamp.time().millis()) + stamp.time().counter();
        return mix(time) + hash(stamp.node().name());
    }

    /// FNV-1a over 64 bits: two nodes must agree on it, whatever their Java thinks of strings.
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /// The last step of SplitMix64: every bit of the number decides every bit of the result.
    private static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(hashes, digest.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }
}
