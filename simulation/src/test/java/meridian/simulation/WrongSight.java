package meridian.simulation;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import meridian.checker.Watch;
import meridian.cluster.Sight;
import meridian.dns.ready.Moment;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.ProbeResult;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.time.HybridTime;
import meridian.topology.Monitor;
import meridian.topology.RiseFall;
import meridian.topology.Service;

/// Mistakes in what a checker says of what it sees.
final class WrongSight {

    private WrongSight() {}

    static final class NotMadeIsFailed extends Parts {
        @Override
        public Watch observed(Watch watch, ProbeResult result, HybridTime time, long now) {
            ProbeResult seen =
                    result instanceof ProbeResult.NotMade(var reason)
                            ? new ProbeResult.Failed(ProbeResult.Kind.CONNECTION, reason)
                            : result;
            return super.observed(watch, seen, time, now);
        }
    }

    static final class Hasty extends Parts {
        @Override
        public Watch observed(Watch watch, ProbeResult result, HybridTime time, long now) {
            Monitor patient = watch.monitor();
            var hasty =
                    new Monitor(
                            patient.name(),
                            patient.check(),
                            patient.interval(),
                            patient.timeout(),
                            new RiseFall(1, 1),
                            patient.hold(),
                            patient.damping());
            var impatient =
                    new Watch(
                            hasty,
                            watch.standing(),
                            watch.since(),
                            watch.seen(),
                            watch.passing(),
                            watch.unrest());
            return super.observed(impatient, result, time, now);
        }
    }

    static final class NeverStalled extends Parts {
        @Override
        public Opinion opinion(Watch watch, long now) {
            return super.opinion(watch, watch.seen());
        }
    }

    /// Never abstains.
    static final class SelfTestIgnored extends Parts {
        @Override
        public boolean abstains(Collection<Opinion> references) {
            return false;
        }
    }

    /// Abstains with the first reference that does not answer.
    static final class Timid extends Parts {
        @Override
        public boolean abstains(Collection<Opinion> references) {
            return references.stream().anyMatch(its -> its.health() == Health.DOWN);
        }
    }

    static final class Positional extends Parts {
        @Override
        public Sight sight(Sight checker, Supplier<Serving> current) {
            return new Sight() {
                @Override
                public Map<WatchKey, Opinion> opinions() {
                    List<WatchKey> keys = keys(current.get());
                    var numbered = new HashMap<WatchKey, Opinion>();
                    checker.opinions()
                            .forEach(
                                    (key, its) ->
                                            numbered.put(new WatchKey(keys.indexOf(key)), its));
                    return numbered;
                }

                @Override
                public boolean abstains() {
                    return checker.abstains();
                }
            };
        }

        @Override
        public Tally counted(
                SnapshotKeeper keeper, Serving its, Intents intents, Moment now, Tally tally) {
            List<WatchKey> keys = keys(its);
            var ballots = new HashMap<>(tally.ballots());
            ballots.replaceAll((_, ballot) -> named(ballot, keys));
            var otherwise = new Tally(ballots, tally.verdicts(), tally.calmSince());
            Tally counted = super.counted(keeper, its, intents, now, otherwise);
            return new Tally(tally.ballots(), counted.verdicts(), counted.calmSince());
        }

        private static Tally.Ballot named(Tally.Ballot ballot, List<WatchKey> keys) {
            var report = ballot.report();
            var opinions = new HashMap<WatchKey, Opinion>();
            report.opinions()
                    .forEach(
                            (number, its) -> {
                                if (number.value() >= 0 && number.value() < keys.size())
                                    opinions.put(keys.get((int) number.value()), its);
                            });
            return new Tally.Ballot(
                    new Report(
                            report.vantage(),
                            report.incarnation(),
                            report.sequence(),
                            report.abstains(),
                            opinions),
                    ballot.arrived());
        }

        /// In the order of the configuration.
        private static List<WatchKey> keys(Serving serving) {
            var keys = new LinkedHashSet<WatchKey>();
            for (Service service : serving.topology().services().values()) {
                for (var pool : service.pools()) {
                    for (var endpoint : pool.endpoints())
                        WatchKey.of(endpoint, service.monitor().orElseThrow()).ifPresent(keys::add);
                }
            }
            return List.copyOf(keys);
        }
    }
}
