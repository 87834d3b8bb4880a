package meridian.node.drill;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Ways to break a laboratory. While one lasts, the backends of another region are killed, and the
/// odd region is drained: so that there is a verdict to reach, and a wish to remember.
enum Fault {
    REGION_CUT_OFF(
            "no packet leaves or enters the odd region", Knows.NOTHING_NEW, "cut ODD", "heal"),

    ONE_WAY_CUT(
            "nothing goes from the odd region to another; the way back stays",
            Knows.ALL,
            "cut ODD LIVE",
            "heal"),

    LOSS_5("5 % of all packets between regions are lost", Knows.ALL, "loss 5", "heal"),

    LOSS_30("30 % of all packets between regions are lost", Knows.LATE, "loss 30", "heal"),

    NODE_KILLED(
            "the odd region's node gets SIGKILL, and is started again at the end",
            Knows.NOTHING_NEW,
            "kill-node ODD",
            "start-node ODD"),

    NODE_FROZEN(
            "the odd region's node gets SIGSTOP, and SIGCONT at the end",
            Knows.NOTHING_NEW,
            "pause-node ODD",
            "resume-node ODD"),

    FLEET_RESTARTED(
            "every node gets SIGKILL, and all are started again at once",
            Knows.ALL,
            "kill-node ODD, kill-node DEAD, kill-node LIVE",
            ""),

    DISK_FULL(
            "the disk of the odd region's node is full; a drain is refused there",
            Knows.ALL,
            "fill-disk ODD",
            "free-disk ODD"),

    CLOCK_AHEAD(
            "the clock of the odd region's node is an hour ahead",
            Knows.ALL,
            "shift-clock ODD +1h",
            "stop-node ODD, start-node ODD"),

    WRONG_KEY(
            "the odd region's node signs with another key",
            Knows.NOTHING_NEW,
            "change-key ODD",
            "stop-node ODD, start-node ODD");

    /// What the rules let the odd region's name server hear while the fault lasts.
    enum Knows {
        ALL,
        /// Messages may have to be sent again and again.
        LATE,
        /// Too few vantages for a quorum: its verdicts stand, and so do its answers.
        NOTHING_NEW
    }

    /// Which region is for what.
    ///
    /// @param odd is broken, and drained
    /// @param dead loses its backends
    /// @param live where everybody can be sent throughout
    record Roles(String odd, String dead, String live) {}

    private static final Duration AFTER_THE_KILL = Duration.ofSeconds(3);
    private static final Duration LATE = Duration.ofSeconds(15);

    private final String says;
    private final Knows knows;
    private final String breaks;
    private final String mends;

    /// @param breaks words of the laboratory's command, one after the other
    Fault(String says, Knows knows, String breaks, String mends) {
        this.says = says;
        this.knows = knows;
        this.breaks = breaks;
        this.mends = mends;
    }

    /// As it is typed: `region-cut-off`.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String says() {
        return says;
    }

    Knows knows() {
        return knows;
    }

    /// Words of the laboratory's command, one after the other.
    List<List<String>> breaks(Roles roles) {
        return words(breaks, roles);
    }

    List<List<String>> mends(Roles roles) {
        return words(mends, roles);
    }

    /// How long after the kill an answer may lead to the dead region.
    Duration limit() {
        return knows == Knows.LATE ? LATE : AFTER_THE_KILL;
    }

    /// Whether the region dies, and is left, before the fault: what is remembered is what counts.
    boolean remembers() {
        return this == FLEET_RESTARTED;
    }

    /// Whether the odd region's node is started anew in it: it must join the others before it can
    /// hear them, and it may have gone back to what an older disk remembers.
    boolean restartsTheOdd() {
        return this == DISK_FULL || this == CLOCK_AHEAD;
    }

    private static List<List<String>> words(String text, Roles roles) {
        String named =
                text.replace("ODD", roles.odd())
                        .replace("DEAD", roles.dead())
                        .replace("LIVE", roles.live());
        return Stream.of(named.split(", ", -1))
                .filter(words -> !words.isEmpty())
                .map(words -> List.of(words.split(" ", -1)))
                .toList();
    }
}
