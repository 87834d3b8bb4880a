package meridian.health;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A part of a [Trie] below which entries differ in five bits of the hash.
@SuppressWarnings("ReferenceEquality") // A part that is the very same need not be looked into.
final class Branch<K, V> implements Part<K, V> {

    private static final int MASK = (1 << BITS) - 1;

    private final int shift;

    /// Which of the 32 there are; `parts` has those, in order.
    private final int bits;

    private final Part<K, V>[] parts;
    private final int size;

    private Branch(int shift, int bits, Part<K, V>[] parts, int size) {
        this.shift = shift;
        this.bits = bits;
        this.parts = parts;
        this.size = size;
    }

    static <K, V> Branch<K, V> empty(int shift) {
        return new Branch<>(shift, 0, array(0), 0);
    }

    /// The whole of these entries, whose keys differ.
    static <K, V> Branch<K, V> of(List<Leaf<K, V>> leaves) {
        long[] order = new long[leaves.size()];
        for (int i = 0; i < order.length; i++)
            order[i] = (long) order(leaves.get(i).hash()) << Integer.SIZE | i;
        Arrays.sort(order);
        Leaf<K, V>[] ordered = leaves(order.length);
        for (int i = 0; i < order.length; i++) ordered[i] = leaves.get((int) order[i]);
        return of(ordered, 0, ordered.length, 0);
    }

    /// What a hash is ordered by so that whatever has one place at any depth is side by side, and
    /// in the order of its parts: its five lowest bits are the highest, and so on.
    private static int order(int hash) {
        int order = 0;
        int left = Integer.SIZE;
        for (int rest = hash; left > 0; rest >>>= BITS, left -= BITS)
            order |= left < BITS ? rest : (rest & MASK) << (left - BITS);
        return order ^ Integer.MIN_VALUE;
    }

    /// @param leaves in order, of which this has those of one place
    private static <K, V> Branch<K, V> of(Leaf<K, V>[] leaves, int from, int to, int shift) {
        int bits = 0;
        for (int i = from; i < to; i++) bits |= 1 << index(leaves[i].hash(), shift);
        Part<K, V>[] parts = array(Integer.bitCount(bits));
        int begin = from;
        for (int i = 0; i < parts.length; i++) {
            int end = begin + 1;
            int index = index(leaves[begin].hash(), shift);
            while (end < to && index(leaves[end].hash(), shift) == index) end++;
            parts[i] = part(leaves, begin, end, shift + BITS);
            begin = end;
        }
        return new Branch<>(shift, bits, parts, to - from);
    }

    private static <K, V> Part<K, V> part(Leaf<K, V>[] leaves, int from, int to, int shift) {
        if (to - from == 1) return leaves[from];
        boolean isClash = leaves[from].hash() == leaves[to - 1].hash();
        return isClash
                ? new Clash<>(List.of(Arrays.copyOfRange(leaves, from, to)))
                : of(leaves, from, to, shift);
    }

    /// @param hash of all in the only part
    static <K, V> Branch<K, V> of(Part<K, V> only, int hash, int shift) {
        Branch<K, V> empty = empty(shift);
        return empty.with(empty.bit(hash), 0, only);
    }

    @Override
    public @Nullable Leaf<K, V> find(int hash, Object key) {
        Part<K, V> at = this;
        while (at instanceof Branch<K, V> branch) {
            if (!branch.has(branch.bit(hash))) return null;
            at = branch.parts[branch.place(branch.bit(hash))];
        }
        return at.find(hash, key);
    }

    @Override
    public Branch<K, V> with(Leaf<K, V> leaf, int its) {
        int bit = bit(leaf.hash());
        int place = place(bit);
        if (!has(bit)) return with(bit, place, leaf);
        Part<K, V> next = parts[place].with(leaf, shift + BITS);
        return next == parts[place] ? this : replaced(place, next);
    }

    private Branch<K, V> with(int bit, int place, Part<K, V> part) {
        Part<K, V>[] more = array(parts.length + 1);
        System.arraycopy(parts, 0, more, 0, place);
        more[place] = part;
        System.arraycopy(parts, place, more, place + 1, parts.length - place);
        return new Branch<>(shift, bits | bit, more, size + part.size());
    }

    private Branch<K, V> replaced(int place, Part<K, V> part) {
        Part<K, V>[] next = parts.clone();
        next[place] = part;
        return new Branch<>(shift, bits, next, size - parts[place].size() + part.size());
    }

    @Override
    public @Nullable Part<K, V> without(Part<K, ?> others) {
        Branch<K, V> left = rest(others);
        return switch (left.parts.length) {
            case 0 -> null;
            case 1 -> left.parts[0] instanceof Branch ? left : left.parts[0];
            default -> left;
        };
    }

    /// The same, and it stays a branch even if there is one entry left, or none.
    Branch<K, V> rest(Part<K, ?> others) {
        int left = 0;
        int count = 0;
        boolean isMine = true;
        Part<K, V>[] rest = array(parts.length);
        for (int i = 0, of = bits; of != 0; of &= of - 1, i++) {
            int bit = Integer.lowestOneBit(of);
            Part<K, V> one = without(parts[i], bit, others);
            isMine &= one == parts[i];
            if (one == null) continue;
            rest[Integer.bitCount(left)] = one;
            left |= bit;
            count += one.size();
        }
        if (isMine) return this;
        return new Branch<>(shift, left, Arrays.copyOf(rest, Integer.bitCount(left)), count);
    }

    /// What is left of a part of this without those of `others` that are in its place.
    private @Nullable Part<K, V> without(Part<K, V> part, int bit, Part<K, ?> others) {
        return switch (others) {
            case Leaf<K, ?> leaf -> bit(leaf.hash()) == bit ? part.without(leaf) : part;
            case Clash<K, ?> clash -> bit(clash.hash()) == bit ? part.without(clash) : part;
            case Branch<K, ?> branch -> branch.has(bit) ? part.without(branch.part(bit)) : part;
        };
    }

    @Override
    public void forEach(Consumer<Leaf<K, V>> action) {
        for (Part<K, V> part : parts) part.forEach(action);
    }

    @Override
    public void parts(Consumer<Part<K, V>> action) {
        for (Part<K, V> part : parts) action.accept(part);
    }

    @Override
    public boolean isSame(Part<?, ?> other) {
        if (this == other) return true;
        if (!(other instanceof Branch<?, ?> branch) || bits != branch.bits) return false;
        for (int i = 0; i < parts.length; i++) if (!parts[i].isSame(branch.parts[i])) return false;
        return true;
    }

    @Override
    public void differences(Part<K, V> other, Consumer<K> each) {
        if (this == other) return;
        if (!(other instanceof Branch<K, V> branch)) {
            Part.super.differences(other, each);
            return;
        }
        for (int left = bits | branch.bits; left != 0; left &= left - 1) {
            int bit = Integer.lowestOneBit(left);
            if (!has(bit)) branch.part(bit).forEach(leaf -> each.accept(leaf.key()));
            else if (!branch.has(bit)) part(bit).forEach(leaf -> each.accept(leaf.key()));
            else part(bit).differences(branch.part(bit), each);
        }
    }

    @Override
    public void others(Part<K, V> other, Consumer<K> each) {
        if (this == other) return;
        if (!(other instanceof Branch<K, V> branch)) {
            Part.super.others(other, each);
            return;
        }
        for (int left = bits | branch.bits; left != 0; left &= left - 1) {
            int bit = Integer.lowestOneBit(left);
            if (!has(bit)) branch.part(bit).forEach(leaf -> each.accept(leaf.key()));
            else if (!branch.has(bit)) part(bit).forEach(leaf -> each.accept(leaf.key()));
            else part(bit).others(branch.part(bit), each);
        }
    }

    @Override
    public Branch<K, V> withAll(Part<K, V> others, int its, BinaryOperator<V> pick) {
        Branch<K, V> all = this;
        switch (others) {
            case Leaf<K, V> leaf -> all = with(leaf.pickedFrom(this, pick), its);
            case Clash<K, V>(var leaves) -> {
                for (Leaf<K, V> leaf : leaves) all = all.with(leaf.pickedFrom(this, pick), its);
            }
            case Branch<K, V> branch -> all = withAll(branch, pick);
        }
        return all;
    }

    private Branch<K, V> withAll(Branch<K, V> branch, BinaryOperator<V> pick) {
        if (this == branch) return this;
        int union = bits | branch.bits;
        Part<K, V>[] all = array(Integer.bitCount(union));
        boolean isMine = true;
        boolean isTheirs = true;
        int count = 0;
        for (int left = union, i = 0; left != 0; left &= left - 1, i++) {
            int bit = Integer.lowestOneBit(left);
            all[i] = both(bit, branch, pick);
            isMine &= has(bit) && all[i] == part(bit);
            isTheirs &= branch.has(bit) && all[i] == branch.part(bit);
            count += all[i].size();
        }
        if (isMine) return this;
        return isTheirs ? branch : new Branch<>(shift, union, all, count);
    }

    private Part<K, V> both(int bit, Branch<K, V> branch, BinaryOperator<V> pick) {
        if (!has(bit)) return branch.part(bit);
        return branch.has(bit)
                ? part(bit).withAll(branch.part(bit), shift + BITS, pick)
                : part(bit);
    }

    @Override
    public Branch<K, V> sharing(Part<K, V> before) {
        if (this == before || !(before instanceof Branch<K, V> branch)) return this;
        Part<K, V>[] shared = array(parts.length);
        boolean isMine = true;
        boolean isBefores = bits == branch.bits;
        for (int left = bits, i = 0; left != 0; left &= left - 1, i++) {
            int bit = Integer.lowestOneBit(left);
            shared[i] = branch.has(bit) ? parts[i].sharing(branch.part(bit)) : parts[i];
            isMine &= shared[i] == parts[i];
            isBefores &= branch.has(bit) && shared[i] == branch.part(bit);
        }
        if (isBefores) return branch;
        return isMine ? this : new Branch<>(shift, bits, shared, size);
    }

    @Override
    public int size() {
        return size;
    }

    private Part<K, V> part(int bit) {
        return parts[place(bit)];
    }

    private boolean has(int bit) {
        return (bits & bit) != 0;
    }

    private int bit(int hash) {
        return 1 << index(hash, shift);
    }

    private static int index(int hash, int shift) {
        return hash >>> shift & MASK;
    }

    private int place(int bit) {
        return Integer.bitCount(bits & bit - 1);
    }

    @SuppressWarnings("unchecked") // Java makes no arrays of generic types.
    private static <K, V> Part<K, V>[] array(int length) {
        return (Part<K, V>[]) new Part<?, ?>[length];
    }

    @SuppressWarnings("unchecked") // Java makes no arrays of generic types.
    private static <K, V> Leaf<K, V>[] leaves(int length) {
        return (Leaf<K, V>[]) new Leaf<?, ?>[length];
    }
}
