package meridian.health;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import meridian.health.Part.Leaf;
import org.jspecify.annotations.Nullable;

/// A map that never changes, made to have many versions: each shares with the one that it was made
/// from all that is the same. To put one of thousands of entries copies three small arrays, and to
/// compare a map with an earlier version looks only at where they differ.
///
/// So what a node knows of 5,000 endpoints is passed on, counted and published again at the price
/// of what turned. Two maps that are equal are so however they came about, and any [Map] equals one
/// with the same entries.
@SuppressWarnings("ReferenceEquality") // A part that is the very same need not be looked into.
public final class Trie<K, V> extends AbstractMap<K, V> {

    private final Branch<K, V> root;

    private Trie(Branch<K, V> root) {
        this.root = root;
    }

    public static <K, V> Trie<K, V> empty() {
        return new Trie<>(Branch.empty(0));
    }

    /// The same entries; the map itself, if it is a trie.
    public static <K, V> Trie<K, V> copyOf(Map<K, V> map) {
        if (map instanceof Trie<K, V> trie) return trie;
        return of(map.entrySet());
    }

    private static <K, V> Trie<K, V> of(Collection<Map.Entry<K, V>> entries) {
        var leaves = new ArrayList<Leaf<K, V>>(entries.size());
        for (Map.Entry<K, V> entry : entries)
            leaves.add(
                    entry instanceof Leaf<K, V> leaf
                            ? leaf
                            : leaf(entry.getKey(), entry.getValue()));
        return new Trie<>(Branch.of(leaves));
    }

    /// An entry as tries have them.
    public static <K, V> Map.Entry<K, V> entry(K key, V value) {
        return leaf(key, value);
    }

    private static <K, V> Leaf<K, V> leaf(K key, V value) {
        return new Leaf<>(Part.hash(key), key, value);
    }

    /// The bits by which keys are parted, the lowest first: five for each step down.
    public static int place(Object key) {
        return Part.hash(key);
    }

    /// With another value for this key. The same map, if it has an equal one.
    public Trie<K, V> with(K key, V value) {
        Branch<K, V> next = root.with(leaf(key, value), 0);
        return next == root ? this : new Trie<>(next);
    }

    /// With other values for some keys. The same map, if it has equal ones.
    ///
    /// @param others of different keys
    public Trie<K, V> withAll(Collection<Map.Entry<K, V>> others) {
        return merged(of(others), (_, other) -> other);
    }

    /// With all that is in either. The same map, if that is in it already; and where the two have
    /// the same parts, none is looked into.
    ///
    /// @param pick of two values of one key, this map's and the other's, the one that holds
    public Trie<K, V> merged(Trie<K, V> other, BinaryOperator<V> pick) {
        Branch<K, V> all = root.withAll(other.root, 0, pick);
        if (all == root) return this;
        return all == other.root ? other : new Trie<>(all);
    }

    public Trie<K, V> without(K key) {
        return withoutAll(List.of(key));
    }

    /// Without what it has of these keys. The same map, if that is nothing.
    ///
    /// @param keys each of them once
    public Trie<K, V> withoutAll(Collection<K> keys) {
        var leaves = new ArrayList<Leaf<K, K>>(keys.size());
        for (K key : keys) leaves.add(leaf(key, key));
        Branch<K, V> left = root.rest(Branch.of(leaves));
        return left == root ? this : new Trie<>(left);
    }

    /// Without whatever is none of `keys`. The same map, if nothing is.
    public Trie<K, V> among(Collection<K> keys) {
        var others = new ArrayList<K>();
        for (K key : keySet()) if (!keys.contains(key)) others.add(key);
        return withoutAll(others);
    }

    /// With what `other` has for these keys, or without them where it has nothing.
    ///
    /// @param keys each of them once
    public Trie<K, V> taking(Collection<K> keys, Trie<K, V> other) {
        var gone = new ArrayList<K>();
        var taken = new ArrayList<Map.Entry<K, V>>();
        for (K key : keys) {
            V value = other.get(key);
            if (value == null) gone.add(key);
            else taken.add(entry(key, value));
        }
        return withoutAll(gone).withAll(taken);
    }

    /// The keys for which the two have different values, or one has none, in the order of their
    /// places: whoever asks a trie for one after the other mostly looks where it just was.
    public List<K> differences(Trie<K, V> other) {
        var different = new ArrayList<K>();
        root.differences(other.root, different::add);
        return different;
    }

    /// The keys that only one of the two has.
    public List<K> others(Trie<K, V> other) {
        var others = new ArrayList<K>();
        root.others(other.root, others::add);
        return others;
    }

    /// An equal map, which shares with `before` all in which they are the same: whoever compares
    /// the two, or a later version of either, is quick.
    public Trie<K, V> sharing(Trie<K, V> before) {
        Branch<K, V> shared = root.sharing(before.root);
        if (shared == root) return this;
        return shared == before.root ? before : new Trie<>(shared);
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        Leaf<K, V> found = key == null ? null : root.find(Part.hash(key), key);
        return found == null ? null : found.value();
    }

    public Optional<V> find(K key) {
        return Optional.ofNullable(get(key));
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key != null && root.find(Part.hash(key), key) != null;
    }

    @Override
    public int size() {
        return root.size();
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        root.forEach(leaf -> action.accept(leaf.key(), leaf.value()));
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<K, V>> iterator() {
                return new Walk<>(root);
            }

            @Override
            public int size() {
                return root.size();
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Trie<?, ?> trie)) return super.equals(other);
        return root.isSame(trie.root);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /// All entries, one after the other.
    private static final class Walk<K, V> implements Iterator<Entry<K, V>> {

        private final Deque<Part<K, V>> left = new ArrayDeque<>();

        Walk(Part<K, V> root) {
            left.push(root);
            open();
        }

        /// Lets a leaf be on top.
        private void open() {
            while (!left.isEmpty() && !(left.peek() instanceof Leaf)) left.pop().parts(left::push);
        }

        @Override
        public boolean hasNext() {
            return !left.isEmpty();
        }

        @Override
        public Entry<K, V> next() {
            if (!(left.poll() instanceof Leaf<K, V> leaf)) throw new NoSuchElementException();
            open();
            return leaf;
        }
    }
}
