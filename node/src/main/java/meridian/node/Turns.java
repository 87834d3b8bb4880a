package meridian.node;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import meridian.api.Fleet;
import meridian.checker.Notice;
import meridian.dns.ready.Edition;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Health;
import meridian.topology.AddressText;

/// The newest of what turned on this node, from the first failed probe to the published snapshot.
/// Any thread may write and read.
final class Turns {

    private static final int KEPT = 1000;

    private final InstantSource clock;
    private final Deque<Fleet.Turn> turns = new ArrayDeque<>();

    Turns(InstantSource clock) {
        this.clock = clock;
    }

    /// Oldest first.
    synchronized List<Fleet.Turn> all() {
        return List.copyOf(turns);
    }

    /// A watch saw something, just now.
    void noticed(Notice notice) {
        String what =
                switch (notice.what()) {
                    case RESULT -> "result";
                    case OPINION -> "opinion";
                };
        add(judged(clock.instant(), what, notice.address(), notice.health(), notice.reason()));
    }

    /// A snapshot was published, just now. The verdicts that it was made with are of the moment
    /// when it was begun.
    void published(SnapshotKeeper.Step step) {
        Instant now = clock.instant();
        Edition edition = step.edition();
        for (SnapshotKeeper.Turn turn : step.turns()) {
            edition.serving()
                    .probed(turn.key())
                    .ifPresent(address -> add(verdict(edition, turn, address)));
        }
        String number = Long.toString(edition.number());
        add(new Fleet.Turn(now, "snapshot", Optional.empty(), Optional.empty(), number));
    }

    private static Fleet.Turn verdict(
            Edition edition, SnapshotKeeper.Turn turn, InetAddress address) {
        return judged(edition.published(), "verdict", address, turn.after().health(), "");
    }

    private static Fleet.Turn judged(
            Instant at, String what, InetAddress address, Health health, String text) {
        return new Fleet.Turn(
                at, what, Optional.of(AddressText.of(address)), Optional.of(health), text);
    }

    private synchronized void add(Fleet.Turn turn) {
        if (turns.size() == KEPT) turns.removeFirst();
        turns.addLast(turn);
    }
}
