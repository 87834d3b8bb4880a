package meridian.simulation;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import meridian.cluster.Directory;
import meridian.cluster.HybridClock;
import meridian.cluster.Message;
import meridian.cluster.RewritingTopic;
import meridian.cluster.SavedState;
import meridian.cluster.StateStore;
import meridian.cluster.Topic;
import meridian.health.Verdict;
import meridian.intent.Intents;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;

/// Mistakes in what is kept, and in what is taken from others.
final class WrongMemory {

    private WrongMemory() {}

    /// A disk that is read wrongly.
    private record Disguised(StateStore disk, UnaryOperator<SavedState> reading)
            implements StateStore {
        @Override
        public SavedState saved() {
            return reading.apply(disk.saved());
        }

        @Override
        public void save(SavedState state) throws IOException {
            disk.save(state);
        }
    }

    static Intents withoutTombstones(Intents intents) {
        var standing = new HashMap<>(intents.entries());
        standing.values().removeIf(entry -> entry.ending().isPresent());
        return new Intents(standing);
    }

    static final class Forgetting extends Parts {
        private final UnaryOperator<Intents> kept;

        Forgetting(UnaryOperator<Intents> kept) {
            this.kept = kept;
        }

        @Override
        public StateStore store(StateStore disk) {
            return new Disguised(
                    disk,
                    all ->
                            new SavedState(
                                    all.incarnations(), kept.apply(all.intents()), all.verdicts()));
        }
    }

    static final class Careless extends Parts {
        private final UnaryOperator<Directory> use;

        Careless(UnaryOperator<Directory> use) {
            this.use = use;
        }

        @Override
        public Directory files(Directory disk) {
            return use.apply(disk);
        }
    }

    static final class LateDisk extends Parts {
        @Override
        public StateStore store(StateStore disk) {
            return new StateStore() {
                private SavedState waiting = disk.saved();

                @Override
                public SavedState saved() {
                    return disk.saved();
                }

                @Override
                public void save(SavedState state) throws IOException {
                    disk.save(waiting);
                    waiting = state;
                }
            };
        }
    }

    static final class MergedByArrival extends Parts {
        @Override
        public Topic topic(Topic links) {
            return new RewritingTopic(links, SimulatedNode.KEYS, MergedByArrival::newest);
        }

        private static Message newest(Message message) {
            if (!(message instanceof Message.Supplement it)) return message;
            var verdicts = new HashMap<>(it.contents().verdicts());
            verdicts.replaceAll(
                    (_, verdict) -> new Verdict(verdict.health(), new Stamp(it.time(), it.node())));
            return new Message.Supplement(
                    it.node(),
                    it.mark(),
                    it.time(),
                    new Message.Contents(
                            it.contents().reports(), it.contents().entries(), verdicts));
        }
    }

    static final class WallStamps extends Parts {
        @Override
        public Stamp stamp(HybridClock clock, NodeId self) {
            return new Stamp(new HybridTime(clock.own().toEpochMilli(), 0), self);
        }
    }

    static final class ClockIncarnation extends Parts {
        @Override
        public StateStore store(StateStore disk) {
            return new Disguised(
                    disk, all -> new SavedState(Map.of(), all.intents(), all.verdicts()));
        }

        @Override
        public Topic topic(Topic links) {
            return new RewritingTopic(links, SimulatedNode.KEYS, ClockIncarnation::withoutMarks);
        }

        /// The others' word of what they have heard of us.
        private static Message withoutMarks(Message message) {
            if (!(message instanceof Message.Beat beat)) return message;
            Message.Holdings all = beat.holdings();
            return new Message.Beat(
                    beat.time(),
                    beat.wall(),
                    beat.configuration(),
                    beat.report(),
                    new Message.Holdings(Map.of(), all.hears(), all.intents(), all.verdicts()));
        }
    }
}
