package meridian.api;

import java.util.List;
import java.util.Optional;
import meridian.health.Quorum;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.Vote;
import meridian.health.WatchKey;
import meridian.topology.Agreement;
import meridian.topology.Endpoint;
import meridian.topology.Service;

/// What is known of health at one moment, so that one response is all of that moment.
record Sight(Tally tally, Quorum quorum, Agreement agreement, long nanos) {

    static Sight of(Fleet fleet) {
        return new Sight(
                fleet.tally(), fleet.quorum(), fleet.topology().agreement(), fleet.nanos());
    }

    /// Empty for what is not watched.
    Optional<WatchKey> key(Service service, Endpoint endpoint) {
        return service.monitor().flatMap(monitor -> WatchKey.of(endpoint, monitor));
    }

    List<Vote> votes(WatchKey key) {
        return tally.votes(key, quorum, agreement, nanos);
    }

    Optional<Verdict> verdict(WatchKey key) {
        return tally.verdict(key);
    }

    /// How many vantages are heard freshly.
    long heard() {
        return quorum.vantages().keySet().stream()
                .flatMap(node -> Optional.ofNullable(tally.ballots().get(node)).stream())
                .filter(ballot -> nanos - ballot.arrived() <= agreement.freshFor().toNanos())
                .count();
    }
}
