package meridian.config;

import java.time.Duration;
import java.util.Optional;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.topology.Damping;

/// `damping { … }` of a monitor, or `damping = off`.
final class DampingReader {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(1);
    private static final int MOST_TURNS = 1000;

    private final Problems problems;

    DampingReader(Problems problems) {
        this.problems = problems;
    }

    /// Empty: none is wanted.
    Optional<Damping> read(Fields monitor) {
        Optional<Tree> written = monitor.find("damping");
        if (written.isEmpty()) return Optional.of(Damping.DEFAULT);
        return switch (written.get()) {
            case Tree.Scalar(_, _, var text) when text.equals("off") -> Optional.empty();
            case Tree.Block block -> Optional.of(damping(block));
            case Tree.Scalar _, Tree.Listing _ -> refuse(written.get());
        };
    }

    private Optional<Damping> refuse(Tree tree) {
        problems.refuse(
                tree.at(), "is " + tree.kind(), "off, or a block { turns = 5 } is accepted");
        return Optional.empty();
    }

    private Damping damping(Tree.Block block) {
        Fields fields = Fields.of(block, Schema.DAMPING, problems);
        Damping usual = Damping.DEFAULT;
        int turns = fields.number("turns", usual.turns(), 1, MOST_TURNS);
        // What could not be read refuses no length of the longest.
        Duration first =
                fields.duration("first", fields.has("first") ? LEAST : usual.first(), LEAST, MOST);
        Duration longest = fields.duration("longest", longest(first), first, MOST);
        Duration halfLife = fields.duration("half-life", usual.halfLife(), LEAST, MOST);
        return new Damping(turns, first, longest, halfLife);
    }

    private static Duration longest(Duration first) {
        Duration usual = Damping.DEFAULT.longest();
        return usual.compareTo(first) < 0 ? first : usual;
    }
}
