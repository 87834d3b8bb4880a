package meridian.simulation;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import meridian.cluster.Message;
import meridian.cluster.RewritingTopic;
import meridian.cluster.Topic;
import meridian.dns.ready.Moment;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Quorum;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Freeze;
import meridian.intent.Intents;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import org.jspecify.annotations.Nullable;

/// Mistakes in counting votes.
final class WrongVotes {

    private WrongVotes() {}

    /// Counts again what was counted.
    abstract static class Counting extends Parts {
        @Override
        public Tally counted(
                SnapshotKeeper keeper, Serving serving, Intents intents, Moment now, Tally tally) {
            Tally right = super.counted(keeper, serving, intents, now, tally);
            if (intents.freeze(now.wall()).isPresent()) return right;
            var verdicts = new HashMap<>(right.verdicts());
            for (WatchKey key : serving.keys())
                recounted(key, serving, now, right)
                        .filter(health -> isOther(verdicts.get(key), health))
                        .ifPresent(
                                health ->
                                        verdicts.put(key, verdict(health, verdicts.get(key), now)));
            return new Tally(right.ballots(), verdicts, right.calmSince());
        }

        abstract Optional<Health> recounted(WatchKey key, Serving serving, Moment now, Tally tally);

        private static boolean isOther(@Nullable Verdict before, Health health) {
            return before == null || before.health() != health;
        }

        private static Verdict verdict(Health health, @Nullable Verdict before, Moment now) {
            var stamp = new Stamp(now.hybrid(), new NodeId("planted"));
            return new Verdict(health, before == null ? stamp : stamp.after(before.stamp()));
        }
    }

    /// Hands the count other ballots.
    abstract static class OtherBallots extends Parts {
        @Override
        public Tally counted(
                SnapshotKeeper keeper, Serving serving, Intents intents, Moment now, Tally tally) {
            var ballots = new HashMap<>(tally.ballots());
            ballots.replaceAll((vantage, ballot) -> other(vantage, ballot, serving, now));
            var otherwise = new Tally(ballots, tally.verdicts(), tally.calmSince());
            Tally counted = super.counted(keeper, serving, intents, now, otherwise);
            return new Tally(tally.ballots(), counted.verdicts(), counted.calmSince());
        }

        abstract Tally.Ballot other(
                NodeId vantage, Tally.Ballot ballot, Serving serving, Moment now);
    }

    private static Tally.Ballot withOpinions(
            Tally.Ballot ballot, long arrived, UnaryOperator<Opinion> opinion) {
        var report = ballot.report();
        var opinions = new HashMap<>(report.opinions());
        opinions.replaceAll((_, its) -> opinion.apply(its));
        return new Tally.Ballot(
                new Report(
                        report.vantage(),
                        report.incarnation(),
                        report.sequence(),
                        report.abstains(),
                        opinions),
                arrived);
    }

    private static Opinion down(Opinion opinion) {
        return new Opinion(Health.DOWN, opinion.since(), "planted");
    }

    /// Takes fewer votes for a quorum.
    static final class Recounting extends Counting {

        @FunctionalInterface
        interface Enough {
            boolean of(int votes, Quorum quorum);
        }

        private final Enough enough;

        Recounting(Enough enough) {
            this.enough = enough;
        }

        @Override
        Optional<Health> recounted(WatchKey key, Serving serving, Moment now, Tally tally) {
            int down = 0;
            for (var vote :
                    tally.votes(key, serving.quorum(), serving.topology().agreement(), now.nanos()))
                if (vote.health() == Health.DOWN) down++;
            boolean isDown = down > 0 && enough.of(down, serving.quorum());
            return isDown ? Optional.of(Health.DOWN) : Optional.empty();
        }
    }

    static final class OneRegion extends Parts {
        @Override
        public Tally counted(
                SnapshotKeeper keeper, Serving serving, Intents intents, Moment now, Tally tally) {
            var vantages = new LinkedHashMap<>(serving.quorum().vantages());
            vantages.replaceAll((_, _) -> new RegionId("anywhere"));
            return tally.counted(
                    serving.keys(),
                    new Quorum(vantages),
                    serving.topology().agreement(),
                    now.nanos(),
                    now.hybrid(),
                    new NodeId("planted"));
        }
    }

    static final class StaleIsDown extends OtherBallots {
        @Override
        Tally.Ballot other(NodeId vantage, Tally.Ballot ballot, Serving serving, Moment now) {
            long freshFor = serving.topology().agreement().freshFor().toNanos();
            if (now.nanos() - ballot.arrived() <= freshFor) return ballot;
            return withOpinions(ballot, now.nanos(), WrongVotes::down);
        }
    }

    static final class UnknownIsDown extends OtherBallots {
        @Override
        Tally.Ballot other(NodeId vantage, Tally.Ballot ballot, Serving serving, Moment now) {
            return withOpinions(
                    ballot,
                    ballot.arrived(),
                    its -> its.health() == Health.UNKNOWN ? down(its) : its);
        }
    }

    static final class AbstentionIsDown extends OtherBallots {
        @Override
        Tally.Ballot other(NodeId vantage, Tally.Ballot ballot, Serving serving, Moment now) {
            if (!ballot.report().abstains()) return ballot;
            return withOpinions(voting(ballot), ballot.arrived(), WrongVotes::down);
        }
    }

    static final class AbstentionNotHeeded extends OtherBallots {
        @Override
        Tally.Ballot other(NodeId vantage, Tally.Ballot ballot, Serving serving, Moment now) {
            return voting(ballot);
        }
    }

    private static Tally.Ballot voting(Tally.Ballot ballot) {
        var report = ballot.report();
        return new Tally.Ballot(
                new Report(
                        report.vantage(),
                        report.incarnation(),
                        report.sequence(),
                        false,
                        report.opinions()),
                ballot.arrived());
    }

    static final class NeverStale extends OtherBallots {
        @Override
        Tally.Ballot other(NodeId vantage, Tally.Ballot ballot, Serving serving, Moment now) {
            return new Tally.Ballot(ballot.report(), now.nanos());
        }
    }

    static final class ReleasedByTheDead extends Counting {
        private final Map<WatchKey, Long> calm = new HashMap<>();

        @Override
        Optional<Health> recounted(WatchKey key, Serving serving, Moment now, Tally tally) {
            boolean isUp = says(tally, key, Health.UP);
            if (!isUp || says(tally, key, Health.DOWN)) calm.remove(key);
            else calm.putIfAbsent(key, now.nanos());
            long since = calm.getOrDefault(key, Long.MAX_VALUE);
            long releaseAfter = serving.topology().agreement().releaseAfter().toNanos();
            boolean isReleased = since != Long.MAX_VALUE && now.nanos() - since >= releaseAfter;
            return isReleased ? Optional.of(Health.UP) : Optional.empty();
        }

        private static boolean says(Tally tally, WatchKey key, Health health) {
            return tally.ballots().values().stream()
                    .flatMap(
                            ballot ->
                                    Optional.ofNullable(ballot.report().opinions().get(key))
                                            .stream())
                    .anyMatch(opinion -> opinion.health() == health);
        }
    }

    static final class SendersClock extends OtherBallots {
        private final Map<NodeId, Long> sent = new HashMap<>();

        @Override
        public Topic topic(Topic links) {
            return new RewritingTopic(
                    links,
                    SimulatedNode.KEYS,
                    message -> {
                        if (message instanceof Message.Beat beat)
                            sent.put(beat.node(), beat.wall());
                        return message;
                    });
        }

        @Override
        Tally.Ballot other(NodeId vantage, Tally.Ballot ballot, Serving serving, Moment now) {
            long age =
                    now.wall().toEpochMilli()
                            - sent.getOrDefault(vantage, now.wall().toEpochMilli());
            return new Tally.Ballot(ballot.report(), now.nanos() - age * Times.MILLI);
        }
    }

    static final class Unfrozen extends Parts {
        @Override
        public Tally counted(
                SnapshotKeeper keeper, Serving serving, Intents intents, Moment now, Tally tally) {
            Intents thawed =
                    WrongGuards.without(intents, entry -> entry.intent() instanceof Freeze);
            return super.counted(keeper, serving, thawed, now, tally);
        }
    }
}
