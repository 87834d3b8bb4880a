package meridian.dns.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meridian.dns.wire.Serial;

/// The last changes of a zone, each from the version before to the next, of bounded size.
///
/// @param deltas the oldest first
/// @param size records in all of them
record Journal(List<Delta> deltas, int size) {

    static final Journal EMPTY = new Journal(List.of(), 0);

    /// Some tens of megabytes; of steered answers, tens of thousands of changes.
    static final int MOST_RECORDS = 100_000;

    /// With one more change, and without the oldest for which there is no room.
    Journal after(Delta delta) {
        var kept = new ArrayList<>(deltas);
        kept.add(delta);
        int total = size + delta.size();
        int first = 0;
        while (total > MOST_RECORDS && first < kept.size()) total -= kept.get(first++).size();
        return new Journal(List.copyOf(kept.subList(first, kept.size())), total);
    }

    /// The changes since a version; nothing if it is not known any more, or never was.
    Optional<List<Delta>> since(Serial serial) {
        for (int i = 0; i < deltas.size(); i++)
            if (deltas.get(i).from().equals(serial))
                return Optional.of(deltas.subList(i, deltas.size()));
        return Optional.empty();
    }
}
