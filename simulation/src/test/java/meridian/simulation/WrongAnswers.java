package meridian.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import meridian.dns.geo.Atlas;
import meridian.dns.ready.Edition;
import meridian.dns.ready.Moment;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.intent.Drain;
import meridian.intent.Intents;
import meridian.steering.PoolState;
import meridian.steering.ServiceState;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.Topology;

/// Mistakes in what is served, and in what operators may do to it.
final class WrongAnswers {

    private WrongAnswers() {}

    static final class LocalGuard extends Parts {
        private final Map<Verdict, HybridTime> seen = new HashMap<>();

        @Override
        public SnapshotKeeper.Step published(
                SnapshotKeeper keeper, Tally counted, Intents intents, Moment now) {
            var verdicts = new HashMap<>(counted.verdicts());
            verdicts.replaceAll(
                    (_, its) ->
                            new Verdict(
                                    its.health(),
                                    new Stamp(
                                            seen.computeIfAbsent(its, _ -> now.hybrid()),
                                            its.stamp().node())));
            var local = new Tally(counted.ballots(), verdicts, counted.calmSince());
            return super.published(keeper, local, intents, now);
        }
    }

    static final class OpenToDrained extends Parts {
        @Override
        public SnapshotKeeper.Step published(
                SnapshotKeeper keeper, Tally counted, Intents intents, Moment now) {
            SnapshotKeeper.Step right = super.published(keeper, counted, intents, now);
            boolean isOpen = right.edition().states().stream().allMatch(OpenToDrained::isDown);
            return isOpen ? super.published(keeper, counted, undrained(intents), now) : right;
        }

        private static boolean isDown(ServiceState state) {
            return state.pools().stream()
                    .filter(pool -> !pool.drained())
                    .allMatch(pool -> pool.health(Kind.measured(state.service())) == Health.DOWN);
        }

        private static Intents undrained(Intents intents) {
            return WrongGuards.without(intents, entry -> entry.intent() instanceof Drain);
        }
    }

    /// What is known of the services is right, and what is answered was made without the drains.
    static final class AnsweredUndrained extends Parts {
        @Override
        public SnapshotKeeper.Step published(
                SnapshotKeeper keeper, Tally counted, Intents intents, Moment now) {
            Edition right = super.published(keeper, counted, intents, now).edition();
            if (right.states().stream().noneMatch(AnsweredUndrained::isDrained))
                return new SnapshotKeeper.Step(right, right.verdicts(), counted, now);
            Intents others = WrongGuards.without(intents, entry -> entry.intent() instanceof Drain);
            Edition wrong = super.published(keeper, counted, others, now).edition();
            return new SnapshotKeeper.Step(
                    new Edition(
                            wrong.number(),
                            right.published(),
                            wrong.snapshot(),
                            right.serving(),
                            right.quorum(),
                            right.states(),
                            right.verdicts()),
                    right.verdicts(),
                    counted,
                    now);
        }

        private static boolean isDrained(ServiceState state) {
            return state.pools().stream().anyMatch(PoolState::drained);
        }
    }

    static final class HastySnapshot extends Parts {
        private boolean isFirst = true;

        @Override
        public SnapshotKeeper.Step published(
                SnapshotKeeper keeper, Tally counted, Intents intents, Moment now) {
            Tally known = isFirst ? Tally.EMPTY : counted;
            isFirst = false;
            return super.published(keeper, known, intents, now);
        }
    }

    static final class SmallerConfiguration extends Parts {
        @Override
        public Serving configured(Serving running, Supplier<Serving> next) {
            try {
                return next.get();
            } catch (IllegalArgumentException _) {
                Topology whole = running.topology();
                return Serving.of(
                        Topology.of(
                                whole.nodes().values(),
                                whole.regions().values(),
                                List.of(),
                                whole.agreement()),
                        List.of(),
                        Atlas.EMPTY);
            }
        }
    }
}
