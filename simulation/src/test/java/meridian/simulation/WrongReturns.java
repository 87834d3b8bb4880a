package meridian.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import meridian.checker.Watch;
import meridian.dns.ready.Moment;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Health;
import meridian.health.ProbeResult;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.time.HybridTime;
import meridian.topology.Damping;
import meridian.topology.Monitor;
import meridian.topology.Pool;
import meridian.topology.Service;

/// Mistakes in how what was out comes back.
final class WrongReturns {

    private WrongReturns() {}

    /// A watch under a monitor that is otherwise patient.
    static final class Impatient extends Parts {
        private final UnaryOperator<Monitor> change;

        Impatient(UnaryOperator<Monitor> change) {
            this.change = change;
        }

        @Override
        public Watch observed(Watch watch, ProbeResult result, HybridTime time, long now) {
            var otherwise =
                    new Watch(
                            change.apply(watch.monitor()),
                            watch.standing(),
                            watch.since(),
                            watch.seen(),
                            watch.passing(),
                            watch.unrest());
            return super.observed(otherwise, result, time, now);
        }
    }

    static Monitor neverCalm(Monitor monitor) {
        Optional<Damping> damping =
                monitor.damping()
                        .map(
                                its ->
                                        new Damping(
                                                its.turns(),
                                                its.first(),
                                                its.longest(),
                                                Duration.ofDays(1_000)));
        return patient(monitor, monitor.hold(), damping);
    }

    static Monitor undamped(Monitor monitor) {
        return patient(monitor, monitor.hold(), Optional.empty());
    }

    static Monitor withoutHold(Monitor monitor) {
        return patient(monitor, Duration.ZERO, monitor.damping());
    }

    private static Monitor patient(Monitor its, Duration hold, Optional<Damping> damping) {
        return new Monitor(
                its.name(),
                its.check(),
                its.interval(),
                its.timeout(),
                its.thresholds(),
                hold,
                damping);
    }

    static final class Unpardoning extends Parts {
        @Override
        public Watch pardoned(Watch watch) {
            return watch;
        }
    }

    /// A restart takes what is not watched for rubbish.
    static final class LatchLost extends Parts {
        private boolean isFirst = true;

        @Override
        public Tally counted(
                SnapshotKeeper keeper, Serving its, Intents intents, Moment now, Tally tally) {
            Tally known = isFirst ? onlyWatched(tally, its.keys()) : tally;
            isFirst = false;
            return super.counted(keeper, its, intents, now, known);
        }
    }

    /// What is down when it is first heard of is taken for fallen.
    static final class FallenFirst extends Parts {
        @Override
        public Tally counted(
                SnapshotKeeper keeper, Serving its, Intents intents, Moment now, Tally tally) {
            var served = new HashMap<WatchKey, Verdict>();
            for (Service service : its.topology().services().values())
                if (service.comeback().byHand())
                    for (Pool pool : service.pools())
                        served.put(
                                Latches.key(service, pool.region()),
                                new Verdict(Health.UP, PoolView.LONG_AGO));
            return super.counted(keeper, its, intents, now, tally.merged(served));
        }
    }

    static final class Unlatched extends Parts {
        private Set<WatchKey> watched = Set.of();

        @Override
        public Tally counted(
                SnapshotKeeper keeper, Serving its, Intents intents, Moment now, Tally tally) {
            watched = its.keys();
            return super.counted(keeper, its, intents, now, tally);
        }

        @Override
        public SnapshotKeeper.Step published(
                SnapshotKeeper keeper, Tally counted, Intents intents, Moment now) {
            return super.published(keeper, onlyWatched(counted, watched), intents, now);
        }
    }

    private static Tally onlyWatched(Tally tally, Set<WatchKey> watched) {
        var verdicts = new HashMap<>(tally.verdicts());
        verdicts.keySet().retainAll(watched);
        return new Tally(tally.ballots(), verdicts, tally.calmSince());
    }

    static final class Microseconds extends Parts {
        @Override
        public SnapshotKeeper.Step published(
                SnapshotKeeper keeper, Tally counted, Intents intents, Moment now) {
            var misread = new Moment(now.nanos() * 1_000, now.hybrid(), now.wall());
            return super.published(keeper, counted, intents, misread);
        }
    }
}
