package meridian.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A part of a [Trie]: an entry, entries whose hashes are the same, or a branch (Bagwell, "Ideal
/// Hash Trees", 2001).
///
/// A branch parts what is below it by five bits of the hash, the lowest ones at the root. Below
/// each but the root there are two entries at least: so equal maps are the same parts in the same
/// places.
@SuppressWarnings("ReferenceEquality") // A part that is the very same need not be looked into.
sealed interface Part<K, V> permits Branch, Part.Leaf, Part.Clash {

    int BITS = 5;

    static int hash(Object key) {
        int hash = key.hashCode();
        return hash ^ hash >>> 16;
    }

    @Nullable Leaf<K, V> find(int hash, Object key);

    /// With this entry; itself, if it has an equal one.
    Part<K, V> with(Leaf<K, V> leaf, int shift);

    /// Without its entries of keys that `others` has in the same place; itself, if there are none,
    /// and null: nothing is left.
    @Nullable Part<K, V> without(Part<K, ?> others);

    void forEach(Consumer<Leaf<K, V>> action);

    /// Hands out what is directly below.
    void parts(Consumer<Part<K, V>> action);

    boolean isSame(Part<?, ?> other);

    int size();

    /// With all entries of `others`, which is in the same place; itself, if it has equal ones.
    ///
    /// @param pick of a key that both have, given this value and the other, which holds: of two
    ///   that are the same it is that
    Part<K, V> withAll(Part<K, V> others, int shift, BinaryOperator<V> pick);

    /// Tells the keys whose values are not the same in both, where both are in one place.
    default void differences(Part<K, V> other, Consumer<K> each) {
        if (this == other) return;
        forEach(leaf -> leaf.differs(other.find(leaf.hash(), leaf.key()), each));
        other.forEach(
                leaf -> {
                    if (find(leaf.hash(), leaf.key()) == null) each.accept(leaf.key());
                });
    }

    /// Tells the keys that only one of both has, where both are in one place.
    default void others(Part<K, V> other, Consumer<K> each) {
        if (this == other) return;
        forEach(leaf -> leaf.tellUnlessIn(other, each));
        other.forEach(leaf -> leaf.tellUnlessIn(this, each));
    }

    /// The same, by as many parts of `before` as are the same. Itself, if none are.
    default Part<K, V> sharing(Part<K, V> before) {
        return isSame(before) ? before : this;
    }

    /// One entry.
    record Leaf<K, V>(int hash, K key, V value) implements Part<K, V>, Map.Entry<K, V> {

        private void tellUnlessIn(Part<K, V> other, Consumer<K> each) {
            if (other.find(hash, key) == null) each.accept(key);
        }

        private void differs(@Nullable Leaf<K, V> other, Consumer<K> each) {
            if (other == null || !value.equals(other.value)) each.accept(key);
        }

        /// Mostly two of one key meet.
        @Override
        public void differences(Part<K, V> other, Consumer<K> each) {
            if (this == other) return;
            if (other instanceof Leaf<K, V> leaf && isOf(leaf.hash, leaf.key)) differs(leaf, each);
            else Part.super.differences(other, each);
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Part<K, V> sharing(Part<K, V> before) {
            Leaf<K, V> its = before.find(hash, key);
            return its != null && its.value.equals(value) ? its : this;
        }

        @Override
        public Part<K, V> withAll(Part<K, V> others, int shift, BinaryOperator<V> pick) {
            if (this == others) return this;
            return others instanceof Leaf<K, V> leaf
                    ? with(leaf.picked(this, pick), shift)
                    : others.with(merged(others.find(hash, key), pick), shift);
        }

        /// What holds of this key, where `others` came to it.
        private Leaf<K, V> merged(@Nullable Leaf<K, V> others, BinaryOperator<V> pick) {
            return others == null ? this : others.picked(this, pick);
        }

        /// What holds where this came to `mine`, if that is of the same key.
        private Leaf<K, V> picked(@Nullable Leaf<K, V> mine, BinaryOperator<V> pick) {
            if (this == mine || mine == null || !mine.isOf(hash, key)) return this;
            V value = pick.apply(mine.value, this.value);
            if (value == this.value) return this;
            return value == mine.value ? mine : new Leaf<>(hash, key, value);
        }

        /// What holds of this key, where it came to `all`.
        Leaf<K, V> pickedFrom(Part<K, V> all, BinaryOperator<V> pick) {
            return picked(all.find(hash, key), pick);
        }

        boolean isOf(int otherHash, Object otherKey) {
            return hash == otherHash && key.equals(otherKey);
        }

        @Override
        public @Nullable Leaf<K, V> find(int wantedHash, Object wanted) {
            return isOf(wantedHash, wanted) ? this : null;
        }

        @Override
        public Part<K, V> with(Leaf<K, V> leaf, int shift) {
            if (isOf(leaf.hash, leaf.key)) return value.equals(leaf.value) ? this : leaf;
            return hash == leaf.hash
                    ? new Clash<>(List.of(this, leaf))
                    : Branch.of(this, hash(), shift).with(leaf, shift);
        }

        @Override
        public @Nullable Part<K, V> without(Part<K, ?> others) {
            return others.find(hash, key) == null ? this : null;
        }

        @Override
        public void forEach(Consumer<Leaf<K, V>> action) {
            action.accept(this);
        }

        @Override
        public void parts(Consumer<Part<K, V>> action) {
            throw new IllegalStateException("nothing is below an entry");
        }

        @Override
        public boolean isSame(Part<?, ?> other) {
            if (this == other) return true;
            return other instanceof Leaf<?, ?> leaf
                    && isOf(leaf.hash, leaf.key)
                    && value.equals(leaf.value);
        }

        @Override
        public K getKey() {
            return key;
        }

        @Override
        public V getValue() {
            return value;
        }

        @Override
        public V setValue(V next) {
            throw new UnsupportedOperationException("a trie never changes");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && key.equals(entry.getKey())
                    && value.equals(entry.getValue());
        }

        /// As any entry's.
        @Override
        public int hashCode() {
            return key.hashCode() ^ value.hashCode();
        }
    }

    /// Entries whose keys differ and whose hashes do not.
    record Clash<K, V>(List<Leaf<K, V>> leaves) implements Part<K, V> {

        int hash() {
            return leaves.getFirst().hash();
        }

        @Override
        public int size() {
            return leaves.size();
        }

        @Override
        public Part<K, V> withAll(Part<K, V> others, int shift, BinaryOperator<V> pick) {
            Part<K, V> all = others;
            for (Leaf<K, V> leaf : leaves)
                all = all.with(leaf.merged(others.find(leaf.hash(), leaf.key()), pick), shift);
            return isSame(all) ? this : all;
        }

        @Override
        public @Nullable Leaf<K, V> find(int hash, Object key) {
            for (Leaf<K, V> leaf : leaves) if (leaf.isOf(hash, key)) return leaf;
            return null;
        }

        @Override
        public Part<K, V> with(Leaf<K, V> leaf, int shift) {
            if (leaf.hash() != hash()) return Branch.of(this, hash(), shift).with(leaf, shift);
            Leaf<K, V> before = find(leaf.hash(), leaf.key());
            if (before != null && before.value().equals(leaf.value())) return this;
            var others = new ArrayList<>(leaves);
            if (before != null) others.remove(before);
            others.add(leaf);
            return new Clash<>(others);
        }

        @Override
        public @Nullable Part<K, V> without(Part<K, ?> others) {
            List<Leaf<K, V>> left = new ArrayList<>(leaves);
            left.removeIf(leaf -> others.find(leaf.hash(), leaf.key()) != null);
            if (left.isEmpty()) return null;
            if (left.size() == leaves.size()) return this;
            return left.size() == 1 ? left.getFirst() : new Clash<>(left);
        }

        @Override
        public void forEach(Consumer<Leaf<K, V>> action) {
            leaves.forEach(action);
        }

        @Override
        public void parts(Consumer<Part<K, V>> action) {
            leaves.forEach(action);
        }

        /// In whatever order they came.
        @Override
        public boolean isSame(Part<?, ?> other) {
            if (this == other) return true;
            return other instanceof Clash<?, ?>(var theirs)
                    && leaves.size() == theirs.size()
                    && leaves.containsAll(theirs);
        }
    }
}
