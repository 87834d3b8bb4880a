package meridian.dns.ready;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
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

        /// What must be counted, and the tally with all else as it stands. Mostly nothing is heard
        /// but of what this node watches too.
        Open open(Tally tally, List<Trie<WatchKey, Opinion>> nowVoting) {
            List<WatchKey> news = tally.verdicts().differences(outcome.verdicts());
            boolean hasOthers = news.removeIf(key -> !serving.watched().has(key));
            var verdicts =
                    hasOthers
                            ? outcome.verdicts().taking(news, tally.verdicts())
                            : tally.verdicts();
            var parts = new ArrayList<Collection<WatchKey>>(List.of(awaiting, news));
            for (int i = 0; i < voting.size(); i++)
                parts.add(nowVoting.get(i).differences(voting.get(i)));
            Collection<WatchKey> open = union(parts);
            open.removeIf(key -> !serving.watched().has(key));
            return new Open(open, new Tally(tally.ballots(), verdicts, outcome.calmSince()));
        }
    }

    /// All of them once, in the order in which tries told them. Mostly one report at a time tells
    /// of many.
    private static Collection<WatchKey> union(List<Collection<WatchKey>> parts) {
        List<Collection<WatchKey>> some = parts.stream().filter(part -> !part.isEmpty()).toList();
        if (some.size() == 1) return new ArrayList<>(some.getFirst());
        var union = new LinkedHashSet<WatchKey>();
        some.forEach(union::addAll);
        return union;
    }

    /// @param keys what is to be counted
    /// @param standing the tally to count on
    private record Open(Collection<WatchKey> keys, Tally standing) {

        /// Everything, and nothing else stands.
        static Open all(Tally tally, Collection<WatchKey> keys) {
            return new Open(
                    keys,
                    new Tally(
                            tally.ballots(),
                            tally.verdicts().among(keys),
                            tally.calmSince().among(keys)));
        }
    }

    Recount(NodeId self) {
        this.self = self;
    }

    /// The tally with what comes of the votes on everything that `serving` wants watched, and
    /// without verdicts on anything else.
    Tally counted(Tally tally, Serving serving, Quorum quorum, Moment now) {
        var voting = tally.voting(quorum, serving.topology().agreement(), now.nanos());
        Open open =
                last.filter(it -> it.isBefore(tally, serving, quorum))
                        .map(it -> it.open(tally, voting))
                        .orElseGet(() -> Open.all(tally, serving.watched().keys()));
        Tally outcome =
                open.standing()
                        .recounted(
                                open.keys(),
                                quorum,
                                serving.topology().agreement(),
                                now.nanos(),
                                now.hybrid(),
                                self);
        var awaiting = new HashSet<WatchKey>();
        for (WatchKey key : open.keys()) if (outcome.awaitsRelease(key)) awaiting.add(key);
        last = Optional.of(new Counted(serving, quorum, voting, outcome, awaiting));
        return outcome;
    }
}
