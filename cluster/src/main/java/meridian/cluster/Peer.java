package meridian.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import meridian.cluster.Message.Beat;
import meridian.topology.NodeId;

/// What this node knows of another from its own messages. Moments are readings of the monotonic
/// clock in nanoseconds.
///
/// @param newest the number of the last message that was accepted
/// @param former the last number of an earlier incarnation
/// @param beat the last one, which arrived at `arrived`
/// @param clockAhead by how much its clock was ahead of our steady time then
/// @param look what its beats were compared with before
/// @param doubled when an earlier incarnation was last heard to go on talking
record Peer(
        Mark newest,
        Optional<Mark> former,
        Optional<Beat> beat,
        long arrived,
        Duration clockAhead,
        Optional<Look> look,
        OptionalLong doubled) {

    /// What this node held, and where the peer differed, at an earlier beat of the peer's.
    ///
    /// @param reports the newest reports that this node had
    /// @param intents the buckets that differed
    record Look(long at, Map<NodeId, Mark> reports, long intents, long verdicts) {}

    static Peer of(Mark first, long now) {
        return new Peer(
                first,
                Optional.empty(),
                Optional.empty(),
                now,
                Duration.ZERO,
                Optional.empty(),
                OptionalLong.empty());
    }

    boolean isNews(Mark mark) {
        return mark.compareTo(newest) > 0;
    }

    /// After a message that is news. Another incarnation is another process: what its predecessor
    /// was seen to lack says nothing of it.
    Peer accepted(Mark mark) {
        if (mark.incarnation() == newest.incarnation())
            return new Peer(mark, former, beat, arrived, clockAhead, look, doubled);
        return new Peer(
                mark, Optional.of(newest), beat, arrived, clockAhead, Optional.empty(), doubled);
    }

    /// After a message that is not. One of an earlier incarnation that still counts up comes from a
    /// second process under the same name.
    Peer refused(Mark mark, long now) {
        boolean goesOn =
                former.filter(last -> last.incarnation() == mark.incarnation())
                        .filter(last -> last.compareTo(mark) < 0)
                        .isPresent();
        if (!goesOn) return this;
        return new Peer(
                newest, Optional.of(mark), beat, arrived, clockAhead, look, OptionalLong.of(now));
    }

    Peer heard(Beat next, Look nextLook, Duration ahead, long now) {
        return new Peer(
                newest, former, Optional.of(next), now, ahead, Optional.of(nextLook), doubled);
    }

    /// Whether it went long ago and was no vantage: a name server of the kind that comes and goes.
    boolean isForgettable(long now, long after) {
        return now - arrived > after
                && beat.map(last -> last.report().opinions().isEmpty()).orElse(true);
    }

    boolean isHeard(long now) {
        return beat.isPresent() && now - arrived <= Peers.HEARD_FOR_NANOS;
    }
}
