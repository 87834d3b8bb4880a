package meridian.config.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A key, or an item of a list, where it is written first, and what is written in it.
///
/// @param keys in the order in which they are written
record Written(Spot at, SequencedMap<String, Written> keys, List<Written> items) {

    Written(Spot at) {
        this(at, new LinkedHashMap<>(), new ArrayList<>());
    }

    Written key(String name, int line) {
        Written before = keys.get(name);
        if (before != null) return before;
        var key = new Written(at.key(name, line));
        keys.put(name, key);
        return key;
    }

    Written item(int index, int line) {
        if (index == items.size()) items.add(new Written(at.item(index, line)));
        return items.get(index);
    }
}
