package meridian.node;

import java.util.ArrayList;
import java.util.List;

/// What served before, until nobody can be reading it any more: then its memory goes back, which
/// the collector may not look at for days.
///
/// Whoever answers or explains reads what served when they began, and is through in milliseconds; a
/// process that is suspended may be so in the middle. Who comes too late gets an exception, and
/// tries again by what serves then.
final class Predecessors {

    /// Looks that each is kept for once it is followed.
    static final int KEPT_FOR = 10;

    private final List<Predecessor> all = new ArrayList<>();

    private record Predecessor(AutoCloseable it, int looksLeft) {}

    synchronized void add(AutoCloseable predecessor) {
        all.add(new Predecessor(predecessor, KEPT_FOR));
    }

    /// Asked every second.
    ///
    /// @param isFollowed whether the newest serves: while no snapshot of it can be made, what was
    ///   before serves on, and is kept
    ///
    /// @return whether there is none left
    synchronized boolean look(boolean isFollowed) {
        if (!isFollowed) return all.isEmpty();
        all.replaceAll(one -> new Predecessor(one.it, one.looksLeft - 1));
        all.stream().filter(one -> one.looksLeft == 0).forEach(one -> MeridianNode.close(one.it));
        all.removeIf(one -> one.looksLeft == 0);
        return all.isEmpty();
    }
}
