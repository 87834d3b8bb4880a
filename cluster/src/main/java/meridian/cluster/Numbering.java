package meridian.cluster;

import java.util.OptionalLong;

/// The numbers of this node's own messages, which only ever grow, whatever became of the clock and
/// the disk: an incarnation is above the clock, above the one saved, and above the highest that any
/// other node has heard of. The ledger's lock guards it.
final class Numbering {

    private final long saved;
    private Mark last;
    private OptionalLong doubled = OptionalLong.empty();

    /// @param saved the incarnation of this node's last start; 0 if it has forgotten
    Numbering(long clockMillis, long saved) {
        this.saved = saved;
        this.last = new Mark(Math.max(clockMillis, saved + 1), 0);
    }

    long incarnation() {
        return last.incarnation();
    }

    /// Of the last message that was sent.
    Mark last() {
        return last;
    }

    Mark next() {
        last = last.next();
        return last;
    }

    /// Somebody holds a message of ours with this number. If we have not come that far, it is from
    /// an earlier life that we forgot (or from a second process), and nobody would listen to us.
    void heardOf(Mark held) {
        if (held.compareTo(last) > 0) last = new Mark(held.incarnation() + 1, 0);
    }

    /// A message under our own name arrived.
    ///
    /// @return whether a second process sent it; else it is one of our own, sent again by someone
    boolean isForeign(Mark mark, long now) {
        if (mark.incarnation() <= saved || isOurs(mark)) return false;
        doubled = OptionalLong.of(now);
        heardOf(mark);
        return true;
    }

    boolean isDoubled(long now) {
        return doubled.isPresent() && now - doubled.getAsLong() < Peers.DOUBLED_FOR_NANOS;
    }

    private boolean isOurs(Mark mark) {
        return mark.incarnation() == last.incarnation() && mark.compareTo(last) <= 0;
    }
}
