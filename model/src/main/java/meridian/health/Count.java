package meridian.health;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.time.Stamp;
import meridian.topology.Agreement;

/// One count of the votes on many keys.
///
/// Thousands are counted each second, and mostly nothing has turned: so majorities are found by
/// counting alone, and a vote is looked at in full only where they are against the verdict that
/// stands.
final class Count {

    private final Tally tally;
    private final Quorum quorum;
    private final int needed;
    private final Agreement agreement;
    private final long now;
    private final Stamp here;

    private final List<Trie<WatchKey, Opinion>> opinions;
    private final Map<WatchKey, Verdict> turned = new HashMap<>();
    private final Map<WatchKey, Long> calm = new HashMap<>();
    private Trie<WatchKey, Long> calmSince;

    /// @param here the stamp for verdicts that no vote completed
    Count(Tally tally, Quorum quorum, Agreement agreement, long now, Stamp here) {
        this.tally = tally;
        this.quorum = quorum;
        this.needed = quorum.needed();
        this.agreement = agreement;
        this.now = now;
        this.here = here;
        this.calmSince = tally.calmSince();
        this.opinions = tally.voting(quorum, agreement, now);
    }

    /// The tally with what comes of the votes on these keys.
    Tally of(Collection<WatchKey> keys) {
        for (WatchKey key : keys) count(key);
        return new Tally(
                tally.ballots(), tally.verdicts().withAll(turned), calmSince.withAll(calm));
    }

    private void count(WatchKey key) {
        int up = 0;
        int down = 0;
        for (Trie<WatchKey, Opinion> one : opinions) {
            Opinion opinion = one.get(key);
            if (opinion == null) continue;
            if (opinion.health() == Health.UP) up++;
            if (opinion.health() == Health.DOWN) down++;
        }
        boolean released = noteCalm(key, down == 0 && up > 0);
        noteVerdict(key, majority(up, down), released);
    }

    /// @return whether it has been calm for long enough to be released
    private boolean noteCalm(WatchKey key, boolean isCalm) {
        Long before = tally.calmSince().get(key);
        if (!isCalm) {
            calmSince = calmSince.without(key);
            return false;
        }
        if (before == null) calm.put(key, now);
        return now - (before == null ? now : before) >= agreement.releaseAfter().toNanos();
    }

    /// For all but a majority from one region alone, which [Quorum] does not take for one.
    private Health majority(int up, int down) {
        if (down >= needed) return Health.DOWN;
        return up >= needed ? Health.UP : Health.UNKNOWN;
    }

    private void noteVerdict(WatchKey key, Health majority, boolean released) {
        Verdict before = tally.verdicts().get(key);
        Health asked = majority == Health.UNKNOWN && released ? Health.UP : majority;
        boolean stands = before != null && asked == before.health();
        Optional<Verdict> next =
                stands || asked == Health.UNKNOWN
                        ? Optional.empty()
                        : turned(key, Optional.ofNullable(before), released);
        next.ifPresent(its -> turned.put(key, its));
    }

    /// What the votes themselves make of it; empty if it does not turn.
    private Optional<Verdict> turned(WatchKey key, Optional<Verdict> before, boolean released) {
        Optional<Verdict> decided =
                quorum.verdict(tally.votes(key, quorum, agreement, now))
                        .or(
                                () ->
                                        released
                                                ? Optional.of(new Verdict(Health.UP, here))
                                                : Optional.empty());
        // A verdict that replaces another must also replace it wherever they meet again: a vantage
        // that has said "down" all along outvotes a release that came after it.
        return decided.filter(next -> before.filter(its -> its.health() == next.health()).isEmpty())
                .map(next -> before.map(next::after).orElse(next));
    }
}
