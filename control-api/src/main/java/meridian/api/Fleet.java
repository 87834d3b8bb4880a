package meridian.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import meridian.health.Health;
import meridian.health.Quorum;
import meridian.health.Tally;
import meridian.intent.Intent;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.steering.Explanation;
import meridian.steering.ServiceState;
import meridian.time.Stamp;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.Topology;

/// The node and what it knows of the others, as the API sees it.
///
/// Each call returns the newest immutable value. [#put] and [#end] wait for the disk and are called
/// from virtual threads; everything else returns at once.
public interface Fleet {

    /// The node that answers.
    NodeId self();

    String version();

    Topology topology();

    Tally tally();

    Quorum quorum();

    /// This node's monotonic clock, on which the tally's ballots arrived.
    long nanos();

    Instant now();

    /// What an intent that is put now would be stamped with.
    Stamp stamp();

    Intents intents();

    /// The services as they are served now: those of the snapshot.
    List<ServiceState> states();

    /// The services with all that this node knows now: what it was told a moment ago and no
    /// snapshot shows yet is in them.
    List<ServiceState> known();

    /// Why a client gets what it gets.
    Explained explain(DomainName name, RecordType type, Network client);

    /// Keeps an intent on disk and tells the others.
    ///
    /// @throws IOException if it could not be kept here; then nothing has changed
    Acknowledgement put(Intent intent) throws IOException;

    /// Ends an intent by hand.
    ///
    /// @throws IOException if it could not be kept here; then nothing has changed
    Acknowledgement end(String id, String owner) throws IOException;

    List<Peer> peers();

    List<Alarm> alarms();

    /// What turned lately, oldest first.
    List<Turn> turns();

    Configuration configuration();

    /// Serves what served before the files last changed, until they change again. On this node
    /// only.
    ///
    /// @param why as it is shown
    /// @throws IOException if nothing is kept of it; then nothing has changed
    Configuration rollBack(String why) throws IOException;

    /// Empty until the first one is built, and always on a node without the role dns.
    Optional<SnapshotMark> snapshot();

    Readiness readiness();

    /// What comes of asking for an explanation.
    sealed interface Explained {

        record Steered(Explanation explanation) implements Explained {}

        /// No service has this name and type.
        ///
        /// @param instead what the zone has at this name, or that no zone of ours holds it
        record NotSteered(String instead) implements Explained {}
    }

    /// A change is kept.
    ///
    /// @param heldBy the nodes that are known to have kept the change, this one first
    record Acknowledgement(SequencedSet<NodeId> heldBy) {}

    /// Another node as it was last heard.
    ///
    /// @param age since its last beat arrived; empty: never heard
    /// @param configuration the hash of what it runs with
    record Peer(NodeId node, Optional<Duration> age, Optional<String> configuration) {}

    /// How much it matters: something is wrong now, or would go wrong one day.
    enum Severity {
        ALARM,
        WARNING;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Something that someone should look at.
    ///
    /// @param kind what it is about, as a word: `sightless`, `fail-open`
    /// @param subject the service, node or endpoint
    record Alarm(Severity severity, String kind, String subject, String text, Instant since) {}

    /// Something that turned, as this node saw it.
    ///
    /// @param at by this node's clock
    /// @param what `result` for the first of a run of probe results, `opinion` of this vantage,
    ///   `verdict` of the fleet, `snapshot` published
    /// @param address that is probed, of the endpoint; empty for a snapshot
    /// @param health up, down or unknown; empty for a snapshot
    /// @param text why a result or an opinion is down; a snapshot's number
    record Turn(
            Instant at,
            String what,
            Optional<String> address,
            Optional<Health> health,
            String text) {}

    /// What this node runs with.
    ///
    /// @param file empty: the embedded default
    /// @param instead why an earlier generation serves, and not what the files say
    /// @param problems for which the last attempt to load was refused, a line each; empty: it was
    ///   accepted
    /// @param warnings that were told beside them
    record Configuration(
            Optional<String> file,
            String hash,
            Instant loaded,
            Optional<String> instead,
            List<String> problems,
            List<String> warnings) {

        public Configuration {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /// Which snapshot answers queries.
    record SnapshotMark(long generation, Instant built) {}

    /// How far this process has come. A node without the role dns counts its listeners and its
    /// snapshot as done.
    record Readiness(boolean configured, boolean listening, boolean snapshotBuilt) {}
}
