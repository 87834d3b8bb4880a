package meridian.dns.ready;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import meridian.dns.Snapshot;
import meridian.health.Quorum;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.record.RecordType;
import meridian.steering.Reason;
import meridian.steering.ServiceState;
import meridian.steering.WishBook;
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

    /// The services with all that is known: a drain that no snapshot shows yet is in them, and the
    /// guard must be asked by these. None climbs.
    public List<ServiceState> known(Trie<WatchKey, Verdict> heard, Intents intents, Instant now) {
        var wishes = new WishBook(intents, now);
        Watched.Turned turned = serving.watched().turned(heard.differences(verdicts), heard);
        var known = new ArrayList<ServiceState>(states.size());
        for (int i = 0; i < states.size(); i++) {
            ServiceState measured = serving.watched().measured(i, states.get(i), turned);
            known.add(serving.wished(i, measured, heard, Climbs.NONE, wishes));
        }
        return known;
    }

    ReadyAnswers answers() {
        return (ReadyAnswers) snapshot.steered();
    }
}
