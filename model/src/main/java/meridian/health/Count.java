package meridian.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.time.Stamp;
import meridian.topology.Agreement;
import meridian.topology.NodeId;
import meridian.topology.RegionId;

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

    private final List<Map.Entry<NodeId, RegionId>> vantages;

    /// Of each of the vantages.
    private final List<Trie<WatchKey, Opinion>> opinions;

    private final List<Map.Entry<WatchKey, Verdict>> turned = new ArrayList<>();
    private final List<Map.Entry<WatchKey, Long>> calm = new ArrayList<>();
    private final List<WatchKey> restless = new ArrayList<>();

    /// @param here the stamp for verdicts that no vote completed
    Count(Tally tally, Quorum quorum, Agreement agreement, long now, Stamp here) {
        this.tally = tally;
        this.quorum = quorum;
        this.needed = quorum.needed();
        this.agreement = agreement;
        this.now = now;
        this.here = here;
        this.vantages = List.copyOf(quorum.vantages().entrySet());
        this.opinions = tally.voting(quorum, agreement, now);
    }

    /// The tally with what comes of the votes on these keys.
    ///
    /// @param keys each of them once
    Tally of(Collection<WatchKey> keys) {
        for (WatchKey key : keys) count(key);
        return new Tally(
                tally.ballots(),
                tally.verdicts().withAll(turned),
                tally.calmSince().withoutAll(restless).withAll(calm));
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
            if (before != null) restless.add(key);
            return false;
        }
        if (before == null) calm.add(Trie.entry(key, now));
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
        if (stands || asked == Health.UNKNOWN) return;
        Optional<Stamp> voted =
                majority == Health.UNKNOWN
                        ? Optional.empty()
                        : quorum.completion(voices(key, majority));
        voted.or(() -> released ? Optional.of(here) : Optional.empty())
                .map(stamp -> new Verdict(asked, stamp))
                // A verdict that replaces another must also replace it wherever they meet again: a
                // vantage that has said "down" all along outvotes a release that came after it.
                .map(next -> before == null ? next : next.after(before))
                .ifPresent(next -> turned.add(Trie.entry(key, next)));
    }

    /// Who says so.
    private List<Quorum.Voice> voices(WatchKey key, Health health) {
        var voices = new ArrayList<Quorum.Voice>(opinions.size());
        for (int i = 0; i < opinions.size(); i++) {
            Opinion opinion = opinions.get(i).get(key);
            if (opinion == null || opinion.health() != health) continue;
            Map.Entry<NodeId, RegionId> vantage = vantages.get(i);
            var stamp = new Stamp(opinion.since(), vantage.getKey());
            voices.add(new Quorum.Voice(vantage.getValue(), stamp));
        }
        return voices;
    }
}
