package meridian.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// What served before, until nobody can be reading it any more: then its memory goes back, which
/// the collector may not look at for days.
///
/// Whoever answers or explains reads what served when they began, and is through in milliseconds; a
/// process that is suspended may be so in the middle. Who comes too late gets an exception, and
/// tries again by what serves then. A transfer of a zone takes as long as its secondary does, and
/// has a lease: what it reads is kept for it, but neither for ever nor for however many.
final class Predecessors {

    /// Looks that each is kept for once it is followed.
    static final int KEPT_FOR = 10;

    /// Looks after which it goes back whoever reads it: a zone of a million names takes seconds,
    /// and a secondary that has not got it after ten minutes may begin anew.
    static final int LONGEST_LEASE = 600;

    /// That are kept for transfers alone, at a time. Files that change every minute do not fill the
    /// memory with what they were.
    static final int MOST_LEASED = 2;

    /// The oldest first.
    private final List<Predecessor> all = new ArrayList<>();

    private record Predecessor(AutoCloseable it, BooleanSupplier isLeased, int looks) {}

    /// @param it gives its memory back
    /// @param isLeased whether a transfer reads it
    synchronized void add(AutoCloseable it, BooleanSupplier isLeased) {
        all.add(new Predecessor(it, isLeased, 0));
    }

    /// Asked every second.
    ///
    /// @param isFollowed whether the newest serves: while no snapshot of it can be made, what was
    ///   before serves on, and is kept
    ///
    /// @return whether there is none left
    synchronized boolean look(boolean isFollowed) {
        if (!isFollowed) return all.isEmpty();
        all.replaceAll(one -> new Predecessor(one.it, one.isLeased, one.looks + 1));
        List<Predecessor> over = all.stream().filter(one -> one.looks >= KEPT_FOR).toList();
        List<Predecessor> leased =
                over.reversed().stream()
                        .filter(one -> one.looks < LONGEST_LEASE && one.isLeased.getAsBoolean())
                        .limit(MOST_LEASED)
                        .toList();
        over.stream().filter(one -> !leased.contains(one)).forEach(this::giveBack);
        return all.isEmpty();
    }

    private void giveBack(Predecessor one) {
        all.remove(one);
        MeridianNode.close(one.it);
    }
}
