package meridian.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ZoneNamesTest {

    private static final DomainName APEX = DomainName.of("example.com");

    @Test
    void theNamesAreThoseWithRecordsAndThoseAboveThem() {
        for (long seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            List<RRset> sets = sets(random);
            List<DomainName> more = random.ints(5, 0, 99).mapToObj(_ -> name(random)).toList();
            var names = new ZoneNames(APEX, RRsets.copyOf(sets), more);

            Map<DomainName, List<Integer>> expected = expected(sets, more);
            assertThat(names.places().mapToObj(names::name).toList())
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(expected.keySet());
            expected.forEach(
                    (name, held) -> assertThat(held(names, names.find(name))).isEqualTo(held));
            for (int i = 0; i < 50; i++) {
                DomainName any = name(random);
                assertThat(names.find(any) != 0).isEqualTo(expected.containsKey(any));
            }
        }
    }

    /// RFC 4592 §2.2.2 and §3.3.1: a name that exists only for others' sake hides the asterisk
    /// above it.
    @Test
    void onlyTheAsteriskOfTheClosestEncloserMakesAName() {
        var names =
                new ZoneNames(
                        APEX,
                        RRsets.copyOf(
                                List.of(
                                        set(APEX, 6),
                                        set(APEX.wildcard(), 1),
                                        set(DomainName.of("x.empty.example.com"), 1))),
                        List.of());

        assertThat(maker(names, "new.example.com")).isEqualTo("*.example.com.");
        assertThat(maker(names, "new.and.new.example.com")).isEqualTo("*.example.com.");
        assertThat(maker(names, "empty.example.com")).isEqualTo("exists");
        assertThat(maker(names, "new.empty.example.com")).isEqualTo("nothing");
        assertThat(maker(names, "new.x.empty.example.com")).isEqualTo("nothing");
    }

    private static String maker(ZoneNames names, String name) {
        byte[] wire = DomainName.of(name).toWire();
        int encloser = names.encloser(wire);
        if (encloser == 0) return "exists";
        int wildcard = names.wildcard(wire, encloser, wire.length);
        return wildcard == 0 ? "nothing" : names.name(wildcard).toString();
    }

    private static Map<DomainName, List<Integer>> expected(
            List<RRset> sets, List<DomainName> more) {
        var expected = new HashMap<DomainName, List<Integer>>();
        for (int i = 0; i < sets.size(); i++)
            expected.computeIfAbsent(sets.get(i).owner(), _ -> new ArrayList<>()).add(i);
        more.forEach(name -> expected.putIfAbsent(name, List.of()));
        for (DomainName name : List.copyOf(expected.keySet()))
            for (DomainName at = name; !at.equals(APEX); at = at.parent())
                expected.putIfAbsent(at.parent(), List.of());
        return expected;
    }

    private static List<Integer> held(ZoneNames names, int place) {
        var held = new ArrayList<Integer>();
        for (int set = names.first(place); set != ZoneNames.NONE; set = names.next(set))
            held.add(set);
        return held;
    }

    /// The apex first; of one owner some stand together and some do not.
    private static List<RRset> sets(Random random) {
        var sets = new ArrayList<RRset>(List.of(set(APEX, 6)));
        for (int i = random.nextInt(60); i > 0; i--) sets.add(set(name(random), i));
        return sets;
    }

    private static RRset set(DomainName owner, int type) {
        return new RRset(owner, new RecordType(type), 300, List.of(new byte[4]));
    }

    private static DomainName name(Random random) {
        String labels =
                random.ints(1 + random.nextInt(3), 0, 6)
                        .mapToObj(label -> (random.nextBoolean() ? "n" : "N") + label + ".")
                        .collect(Collectors.joining());
        return DomainName.of(labels + APEX);
    }
}
