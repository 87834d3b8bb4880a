package meridian.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a plain map, over keys of which many have the same hash, in part or whole.
class TrieTest {

    /// @param hash of its own
    private record Key(int number, int hash) {
        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key(var its, var _) && number == its;
        }
    }

    private final Random chance;

    TrieTest() {
        chance = new Random(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 2_000})
    void itHoldsWhatAPlainMapHolds(int keys) {
        var plain = new HashMap<Key, Integer>();
        Trie<Key, Integer> trie = Trie.empty();
        for (int i = 0; i < 5_000; i++) {
            Key key = key(keys);
            if (chance.nextInt(3) == 0) {
                plain.remove(key);
                trie = trie.without(key);
            } else {
                int value = chance.nextInt(4);
                plain.put(key, value);
                trie = trie.with(key, value);
            }
            assertThat(trie.get(key)).isEqualTo(plain.get(key));
            assertThat(trie).hasSize(plain.size());
            if (i % 100 == 0) assertSame(trie, plain);
        }
    }

    private static void assertSame(Trie<Key, Integer> trie, Map<Key, Integer> plain) {
        assertThat(trie.equals(plain)).isTrue();
        assertThat(plain.equals(trie)).isTrue();
        assertThat(trie.hashCode()).isEqualTo(plain.hashCode());
        assertThat(trie.entrySet()).isEqualTo(plain.entrySet());
        assertThat(trie).isEqualTo(Trie.copyOf(plain));
        var walked = new HashMap<Key, Integer>();
        trie.forEach(walked::put);
        assertThat(walked).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 2_000})
    void withoutManyKeysItHasAllOthers(int keys) {
        for (int i = 0; i < 50; i++) {
            Map<Key, Integer> plain = map(keys);
            Trie<Key, Integer> whole = Trie.copyOf(plain);
            var gone = new HashSet<Key>();
            for (int left = chance.nextInt(keys); left > 0; left--) gone.add(key(keys));
            plain.keySet().removeAll(gone);
            Trie<Key, Integer> rest = whole.withoutAll(gone);
            assertSame(rest, plain);
            assertThat(rest).hasSize(plain.size());
            assertThat(rest.withoutAll(gone)).isSameAs(rest);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 2_000})
    void differencesAreTheKeysWhoseValuesDiffer(int keys) {
        for (int i = 0; i < 50; i++) {
            Map<Key, Integer> one = map(keys);
            var other = new HashMap<>(one);
            for (int edits = chance.nextInt(8); edits > 0; edits--)
                if (chance.nextBoolean()) other.remove(key(keys));
                else other.put(key(keys), chance.nextInt(4));
            assertDifferences(one, other);
            assertDifferences(one, map(keys));
        }
    }

    private static void assertDifferences(Map<Key, Integer> one, Map<Key, Integer> other) {
        var expected = new HashSet<>(one.entrySet());
        expected.removeAll(other.entrySet());
        var more = new HashSet<>(other.entrySet());
        more.removeAll(one.entrySet());
        expected.addAll(more);
        var keys = new HashSet<Key>();
        expected.forEach(entry -> keys.add(entry.getKey()));
        List<Key> different = Trie.copyOf(one).differences(Trie.copyOf(other));
        assertThat(different).doesNotHaveDuplicates();
        assertThat(Set.copyOf(different)).isEqualTo(keys);
        assertThat(Trie.copyOf(one).equals(Trie.copyOf(other))).isEqualTo(keys.isEmpty());
        Trie<Key, Integer> shared = Trie.copyOf(other).sharing(Trie.copyOf(one));
        assertThat(shared).isEqualTo(Trie.copyOf(other));
        assertThat(Trie.copyOf(one).taking(keys, Trie.copyOf(other))).isEqualTo(shared);
        assertThat(Trie.copyOf(one).withAll(other.entrySet())).isEqualTo(union(one, other));
        assertThat(Trie.copyOf(one).merged(Trie.copyOf(other), Math::max))
                .isEqualTo(largest(one, other));
        List<Key> ofOne = Trie.copyOf(one).others(Trie.copyOf(other));
        assertThat(ofOne).doesNotHaveDuplicates();
        assertThat(Set.copyOf(ofOne)).isEqualTo(keysOfOne(one, other));
        assertThat(shared.among(one.keySet()).keySet()).isSubsetOf(one.keySet());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 2_000})
    void whatIsTheSameStaysTheSameObject(int keys) {
        Trie<Key, Integer> one = Trie.copyOf(map(keys));
        one.forEach((key, value) -> assertThat(one.with(key, value)).isSameAs(one));
        assertThat(Trie.copyOf(new HashMap<>(one)).sharing(one)).isSameAs(one);
        assertThat(one.among(one.keySet())).isSameAs(one);
        assertThat(one.withAll(new HashMap<>(one).entrySet())).isSameAs(one);
        assertThat(one.merged(Trie.copyOf(new HashMap<>(one)), Math::min)).isSameAs(one);
        assertThat(Trie.<Key, Integer>empty().merged(one, Math::min)).isSameAs(one);
        assertThat(one.without(new Key(-1, 7))).isSameAs(one);
    }

    /// Of a map and a few entries of it, made anew: they are in other places of another trie.
    @ParameterizedTest
    @ValueSource(ints = {3, 40, 2_000})
    void aPartOfAMapSharesItsEntries(int keys) {
        Trie<Key, Integer> all = Trie.copyOf(map(keys));
        var part = new HashMap<Key, Integer>();
        all.forEach(
                (key, value) -> {
                    if (chance.nextInt(10) == 0) part.put(new Key(key.number, key.hash), value);
                });
        Trie<Key, Integer> shared = Trie.copyOf(part).sharing(all);
        assertThat(shared).isEqualTo(Trie.copyOf(part));
        assertThat(all.merged(shared, (_, other) -> other)).isSameAs(all);
    }

    private static Map<Key, Integer> largest(Map<Key, Integer> one, Map<Key, Integer> other) {
        var both = new HashMap<>(one);
        other.forEach((key, value) -> both.merge(key, value, Math::max));
        return both;
    }

    private static Set<Key> keysOfOne(Map<Key, Integer> one, Map<Key, Integer> other) {
        var keys = new HashSet<>(union(one, other).keySet());
        keys.removeIf(key -> one.containsKey(key) && other.containsKey(key));
        return keys;
    }

    private static Map<Key, Integer> union(Map<Key, Integer> one, Map<Key, Integer> other) {
        var both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }

    private Map<Key, Integer> map(int keys) {
        var map = new HashMap<Key, Integer>();
        for (int i = 0; i < keys; i++) map.put(key(keys), chance.nextInt(4));
        return map;
    }

    /// Of four keys, two have the same hash; of the others' many differ in their highest bits only.
    private Key key(int keys) {
        int number = chance.nextInt(keys);
        int hash = number % 4 < 2 ? number / 4 : (number << 28) + number / 1_000;
        return new Key(number, hash);
    }
}
