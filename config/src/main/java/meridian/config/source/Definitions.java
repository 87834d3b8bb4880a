package meridian.config.source;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys in one thing with the place of their first definition, in whatever file, so that a
/// second one is seen: HOCON itself would merge the two without a word.
///
/// Sections (`services { … }`) may be continued in other places and files, and the keys of one
/// thing may be written one by one (`cluster.key-file = …`) in one file. Anything else is defined
/// once.
final class Definitions {

    /// @param whole the key itself was given a value, not only a key below it
    /// @param inside what is defined in it; null where nothing more may be
    private record Definition(Spot at, boolean whole, @Nullable Definitions inside) {}

    private final Map<String, Definition> first = new HashMap<>();
    private final Problems problems;

    Definitions(Problems problems) {
        this.problems = problems;
    }

    /// Notes a key. What is in it is noted in what is returned; null, and a problem, if it was
    /// defined before.
    ///
    /// @param whole a value follows, not only the rest of a dotted path
    /// @param section a block of the first level follows
    @Nullable Definitions define(String name, Spot at, boolean whole, boolean section) {
        Definition before = first.get(name);
        if (before != null && !section && !isAnotherPart(before, at, whole)) {
            problems.refuse(
                    at,
                    "is defined twice, first at " + before.at,
                    "one definition in one place is accepted");
            return null;
        }
        if (before != null && before.inside != null) return before.inside;
        var inside = new Definitions(problems);
        boolean isOpen = section || !whole;
        Definition one = before == null ? new Definition(at, whole, null) : before;
        first.put(name, new Definition(one.at, one.whole, isOpen ? inside : null));
        return inside;
    }

    /// An item of a list, of which each may have the same keys.
    @Nullable Definitions item(Spot at) {
        return define(at.step(), at, false, false);
    }

    private static boolean isAnotherPart(Definition before, Spot at, boolean whole) {
        return !whole && !before.whole && before.at.file().equals(at.file());
    }

    /// Undoes whatever this file defines.
    void forget(Path file) {
        first.values().removeIf(key -> key.at.file().equals(file));
        for (Definition key : first.values()) if (key.inside != null) key.inside.forget(file);
    }
}
