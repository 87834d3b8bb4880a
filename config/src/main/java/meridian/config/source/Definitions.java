package meridian.config.source;

import java.util.HashMap;
import java.util.Map;

/// Every key of every file with the place of its first definition, so that a second one is seen:
/// HOCON itself would merge the two without a word.
///
/// Sections (`services { … }`) may be continued in other places and files, and the keys of one
/// thing may be written one by one (`cluster.key-file = …`) in one file. Anything else is defined
/// once.
final class Definitions {

    /// @param whole the key itself was given a value, not only a key below it
    private record Definition(Spot at, boolean whole) {}

    private final Map<String, Definition> first = new HashMap<>();
    private final Problems problems;

    Definitions(Problems problems) {
        this.problems = problems;
    }

    /// Notes a key; false, and a problem, if it was defined before.
    ///
    /// @param whole a value follows, not only the rest of a dotted path
    /// @param section a block of the first level follows
    boolean define(Spot at, boolean whole, boolean section) {
        Definition before = first.putIfAbsent(at.path(), new Definition(at, whole));
        if (before == null || section) return true;
        boolean bothInParts = !whole && !before.whole;
        if (bothInParts && before.at.file().equals(at.file())) return true;
        problems.refuse(
                at,
                "is defined twice, first at " + before.at,
                "one definition in one place is accepted");
        return false;
    }
}
