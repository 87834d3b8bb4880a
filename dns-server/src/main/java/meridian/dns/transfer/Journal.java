package meridian.dns.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meridian.dns.wire.Serial;

/// The last changes of a zone, each from the version before to the next: fewer records than it has
/// itself, since whoever would have to take as many takes all of it, and no more than there is room
/// for.
///
/// @param deltas the oldest first
/// @param size records in all of them
record Journal(List<Delta> deltas, int size) {

    static final Journal EMPTY = new Journal(List.of(), 0);

    /// Some tens of megabytes; of steered answers, tens of thousands of changes.
    static final int MOST_RECORDS = 100_000;

    /// With one more change, and without the oldest for which there is no room.
    ///
    /// @param whole records of the version that the change leads to
    Journal after(Delta delta, long whole) {
        long most = Math.min(MOST_RECORDS, whole - 1);
        var kept = new ArrayList<>(deltas);
        kept.add(delta);
        int total = size + delta.size();
        int first = 0;
        while (total > most && first < kept.size()) total -= kept.get(first++).size();
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
