package meridian.health;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A part of a [Trie] below which entries differ in five bits of the hash.
@SuppressWarnings("ReferenceEquality") // A part that is the very same need not be looked into.
final class Branch<K, V> implements Part<K, V> {

    /// So few are put one by one.
    private static final int FEW = 8;

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

    static <K, V> Branch<K, V> of(List<Leaf<K, V>> leaves, int shift) {
        return leaves.size() <= FEW ? one(leaves, shift) : parted(leaves, shift);
    }

    /// @param hash of all in the only part
    static <K, V> Branch<K, V> of(Part<K, V> only, int hash, int shift) {
        Branch<K, V> empty = empty(shift);
        return empty.with(empty.bit(hash), 0, only);
    }

    private static <K, V> Branch<K, V> one(List<Leaf<K, V>> leaves, int shift) {
        Branch<K, V> all = empty(shift);
        for (Leaf<K, V> leaf : leaves) all = all.with(leaf, shift);
        return all;
    }

    private static <K, V> Branch<K, V> parted(List<Leaf<K, V>> leaves, int shift) {
        var dealt = new ArrayList<List<Leaf<K, V>>>();
        for (int i = 0; i < 1 << BITS; i++) dealt.add(new ArrayList<>());
        for (Leaf<K, V> leaf : leaves) dealt.get(index(leaf.hash(), shift)).add(leaf);
        int bits = 0;
        var parts = new ArrayList<Part<K, V>>();
        for (int i = 0; i < dealt.size(); i++) {
            if (dealt.get(i).isEmpty()) continue;
            bits |= 1 << i;
            parts.add(part(dealt.get(i), shift + BITS));
        }
        return new Branch<>(shift, bits, parts.toArray(array(0)), leaves.size());
    }

    private static <K, V> Part<K, V> part(List<Leaf<K, V>> leaves, int shift) {
        Leaf<K, V> first = leaves.getFirst();
        if (leaves.size() == 1) return first;
        boolean isClash = leaves.stream().allMatch(leaf -> leaf.hash() == first.hash());
        return isClash ? new Clash<>(leaves) : of(leaves, shift);
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
    public Part<K, V> without(int hash, Object key) {
        Branch<K, V> left = rest(hash, key);
        boolean isOne = left.parts.length == 1 && !(left.parts[0] instanceof Branch);
        return isOne ? left.parts[0] : left;
    }

    /// What stays a branch, even if there is one entry left, or none.
    Branch<K, V> rest(int hash, Object key) {
        int bit = bit(hash);
        int place = place(bit);
        Part<K, V> left = parts[place].without(hash, key);
        if (left != null) return replaced(place, left);
        Part<K, V>[] fewer = array(parts.length - 1);
        System.arraycopy(parts, 0, fewer, 0, place);
        System.arraycopy(parts, place + 1, fewer, place, fewer.length - place);
        return new Branch<>(shift, bits & ~bit, fewer, size - 1);
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
        return hash >>> shift & (1 << BITS) - 1;
    }

    private int place(int bit) {
        return Integer.bitCount(bits & bit - 1);
    }

    @SuppressWarnings("unchecked") // Java makes no arrays of generic types.
    private static <K, V> Part<K, V>[] array(int length) {
        return (Part<K, V>[]) new Part<?, ?>[length];
    }
}
