package meridian.dns.ready;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meridian.health.Opinion;
import meridian.health.Quorum;
import meridian.health.Tally;
import meridian.health.Trie;
import meridian.health.WatchKey;
import meridian.topology.NodeId;

/// Counts votes, and after the first time only those of which something is other than it was: once
/// a second, and at whatever turns, every node counts what it knows of thousands of endpoints, and
/// mostly nothing is new, or little.
///
/// What a count makes of a key follows from the opinions that are votes, from the verdict that
/// stands, and, for what awaits its release, from the time. Where none of these is other than at
/// the last count, its outcome holds.
final class Recount {

    private final NodeId self;
    private Optional<Counted> last = Optional.empty();

    /// @param voting the opinions that were votes
    /// @param awaiting what may turn by nothing but time
    private record Counted(
            Serving serving,
            Quorum quorum,
            List<Trie<WatchKey, Opinion>> voting,
            Tally outcome,
            Set<WatchKey> awaiting) {

        boolean isBefore(Tally tally, Serving nowServing, Quorum nowQuorum) {
            return serving == nowServing
                    && quorum.equals(nowQuorum)
                    && outcome.calmSince().equals(tally.calmSince());
        }

        /// What must be counted.
        Set<WatchKey> open(Tally tally, List<Trie<WatchKey, Opinion>> nowVoting) {
            var open = new HashSet<>(awaiting);
            add(open, tally.verdicts().differences(outcome.verdicts()));
            for (int i = 0; i < voting.size(); i++)
                add(open, nowVoting.get(i).differences(voting.get(i)));
            return open;
        }

        private void add(Set<WatchKey> open, List<WatchKey> news) {
            for (WatchKey key : news) if (serving.hasVerdictOn(key)) open.add(key);
        }
    }

    Recount(NodeId self) {
        this.self = self;
    }

    /// The tally with what comes of the votes on everything that `serving` wants watched, and
    /// without verdicts on anything else.
    Tally counted(Tally tally, Serving serving, Quorum quorum, Moment now) {
        var voting = tally.voting(quorum, serving.topology().agreement(), now.nanos());
        Optional<Counted> before = last.filter(it -> it.isBefore(tally, serving, quorum));
        Collection<WatchKey> open =
                before.<Collection<WatchKey>>map(it -> it.open(tally, voting))
                        .orElse(serving.verdictKeys());
        Tally outcome =
                standing(tally, before, open)
                        .recounted(
                                open,
                                quorum,
                                serving.topology().agreement(),
                                now.nanos(),
                                now.hybrid(),
                                self);
        var awaiting = new HashSet<WatchKey>();
        for (WatchKey key : open) if (outcome.awaitsRelease(key)) awaiting.add(key);
        last = Optional.of(new Counted(serving, quorum, voting, outcome, awaiting));
        return outcome;
    }

    /// What holds but for what is counted now.
    private static Tally standing(
            Tally tally, Optional<Counted> before, Collection<WatchKey> open) {
        if (before.isEmpty())
            return new Tally(
                    tally.ballots(), tally.verdicts().among(open), tally.calmSince().among(open));
        Tally outcome = before.get().outcome();
        return new Tally(
                tally.ballots(),
                outcome.verdicts().taking(open, tally.verdicts()),
                outcome.calmSince());
    }
}
