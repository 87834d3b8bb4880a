package meridian.node;

import java.util.List;
import meridian.dns.ready.Edition;
import meridian.health.Opinion;
import meridian.health.Tally;
import meridian.health.Trie;
import meridian.health.WatchKey;

/// What a look at a node found, for as long as it follows from the same: nobody looks at 100,000
/// services and as many endpoints each second while nothing turns.
///
/// @param voting the opinions that were votes
/// @param ofServices alarms of the services
/// @param down what is watched and down, by its key
/// @param sightless the alarm of what too few vantages see
record Glance(
        Edition edition,
        List<Trie<WatchKey, Opinion>> voting,
        List<Alarms.Condition> ofServices,
        List<WatchKey> down,
        List<Alarms.Condition> sightless) {

    /// @param nanos the monotonic clock, by which votes grow stale
    static Glance at(Edition edition, Tally tally, long nanos) {
        return new Glance(
                edition,
                voting(edition, tally, nanos),
                Conditions.ofServices(edition),
                HeldOut.down(edition),
                Conditions.sightless(edition, tally, nanos));
    }

    /// The next look, which is this one if all is still as it was.
    Glance next(Edition now, Tally tally, long nanos) {
        if (!now.equals(edition)) return at(now, tally, nanos);
        List<Trie<WatchKey, Opinion>> votes = voting(now, tally, nanos);
        if (votes.equals(voting)) return this;
        return new Glance(now, votes, ofServices, down, Conditions.sightless(now, tally, nanos));
    }

    private static List<Trie<WatchKey, Opinion>> voting(Edition edition, Tally tally, long nanos) {
        return tally.voting(edition.quorum(), edition.serving().topology().agreement(), nanos);
    }
}
