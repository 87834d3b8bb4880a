package meridian.dns.ready;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import meridian.dns.Snapshot;
import meridian.health.Quorum;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.record.RecordType;
import meridian.steering.Reason;
import meridian.steering.ServiceState;
import meridian.topology.RegionId;

/// A snapshot with all that it was made of: what the control plane shows and explains.
///
/// @param number counts up from 1 with each that this process published
/// @param quorum of the vantages that are not retired
/// @param states of the services, in the order of the configuration
/// @param verdicts that it was made with
public record Edition(
        long number,
        Instant published,
        Snapshot snapshot,
        Serving serving,
        Quorum quorum,
        List<ServiceState> states,
        Trie<WatchKey, Verdict> verdicts) {

    public Edition {
        states = List.copyOf(states);
    }

    /// By which rules of eligibility clients of a service get their answers now.
    ///
    /// @param index of the service in [#states]
    public Set<Reason> reasons(int index, RecordType type) {
        return answers().service(index).reasons(type);
    }

    /// The regions that any client of a service is sent to now.
    ///
    /// @param index of the service in [#states]
    public Set<RegionId> answered(int index, RecordType type) {
        return answers().service(index).regions(type);
    }

    ReadyAnswers answers() {
        return (ReadyAnswers) snapshot.steered();
    }
}
