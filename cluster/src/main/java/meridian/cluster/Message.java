package meridian.cluster;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meridian.health.Report;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Entry;
import meridian.time.HybridTime;
import meridian.topology.NodeId;

/// What one node says to all others.
public sealed interface Message {

    /// Who says it.
    NodeId node();

    /// The sender's clock, which orders what it may say next; it never ages anything.
    HybridTime time();

    /// Its number among everything this node says: a message that is not newer than the last one
    /// was heard before.
    Mark mark();

    /// What a node says once a second, and whenever something turned: its own report, and what it
    /// holds of everybody's.
    ///
    /// @param wall what the sender's clock shows, in milliseconds since 1970
    /// @param configuration the hash of the configuration it runs
    /// @param report numbered like the beat
    record Beat(HybridTime time, long wall, String configuration, Report report, Holdings holdings)
            implements Message {

        public static final int MAX_CONFIGURATION = 64;

        public Beat {
            if (configuration.length() > MAX_CONFIGURATION) {
                throw new IllegalArgumentException(
                        "a configuration's hash has at most 64 characters, not "
                                + configuration.length());
            }
        }

        @Override
        public NodeId node() {
            return report.vantage();
        }

        @Override
        public Mark mark() {
            return Mark.of(report);
        }
    }

    /// What a node sends besides its beats, because it is new or because another node's beats show
    /// that it is lacking there.
    record Supplement(NodeId node, Mark mark, HybridTime time, Contents contents)
            implements Message {}

    /// Another node's report, passed on.
    ///
    /// @param age since it arrived at the sender, on the sender's monotonic clock: a vote must not
    ///   grow young on its way
    record Relayed(Report report, Duration age) {

        public Relayed {
            if (age.isNegative())
                throw new IllegalArgumentException("a report's age is not negative: " + age);
        }
    }

    /// A part of what a node holds.
    record Contents(List<Relayed> reports, List<Entry> entries, Trie<WatchKey, Verdict> verdicts) {

        public Contents {
            reports = List.copyOf(reports);
            entries = List.copyOf(entries);
        }

        public Contents(
                List<Relayed> reports, List<Entry> entries, Map<WatchKey, Verdict> verdicts) {
            this(reports, entries, Trie.copyOf(verdicts));
        }

        Contents withoutReportOf(NodeId node) {
            return new Contents(
                    reports.stream().filter(it -> !it.report().vantage().equals(node)).toList(),
                    entries,
                    verdicts);
        }

        static Contents of(Relayed report) {
            return new Contents(List.of(report), List.of(), Trie.empty());
        }

        static Contents of(List<Entry> entries) {
            return new Contents(List.of(), entries, Trie.empty());
        }

        static Contents of(Map<WatchKey, Verdict> verdicts) {
            return new Contents(List.of(), List.of(), verdicts);
        }
    }

    /// What a node holds, in short.
    ///
    /// @param reports the newest report it has of each node
    /// @param hears the nodes whose own beats reached it in the last three seconds
    /// @param intents of those that it has on disk
    record Holdings(Map<NodeId, Mark> reports, Set<NodeId> hears, Digest intents, Digest verdicts) {

        public Holdings {
            // At each beat each is looked for; to find it in a map of `Map.copyOf` takes a
            // division.
            reports = Collections.unmodifiableMap(new HashMap<>(reports));
            hears = Set.copyOf(hears);
        }
    }
}
