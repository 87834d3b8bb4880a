package meridian.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import meridian.health.Health;
import meridian.health.Verdict;
import meridian.health.Vote;
import meridian.health.WatchKey;
import meridian.time.Stamp;
import meridian.topology.Endpoint;
import meridian.topology.Pool;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.Topology;

/// One endpoint as it is judged: the verdict, and every vantage's vote behind it.
///
/// @param services all that have it with this monitor
/// @param monitor empty: it is not watched, and counts as up
/// @param since when the verdict turned; empty where there is none
record HealthResource(
        List<String> services,
        String region,
        String address,
        Optional<String> monitor,
        String verdict,
        Optional<Instant> since,
        List<VoteResource> votes) {

    /// @param ageSeconds since the vantage's report arrived here; empty: it was never heard
    /// @param heldOutSeconds for how much longer it is held down though it passes
    record VoteResource(
            String vantage,
            String region,
            String health,
            Optional<Double> ageSeconds,
            String reason,
            long heldOutSeconds) {

        static VoteResource of(Vote vote) {
            return new VoteResource(
                    vote.vantage().name(),
                    vote.region().name(),
                    word(vote.health()),
                    vote.age().map(VoteResource::seconds),
                    vote.reason(),
                    vote.heldOut().toSeconds());
        }

        private static double seconds(Duration age) {
            return age.toMillis() / 1000.0;
        }
    }

    private record Watched(RegionId region, String address, Optional<WatchKey> key) {}

    /// One for each endpoint, however many services share it.
    static List<HealthResource> all(Topology topology, Sight sight) {
        var services = new LinkedHashMap<Watched, List<Service>>();
        for (Service service : topology.services().values()) {
            for (Pool pool : service.pools()) {
                for (Endpoint endpoint : pool.endpoints()) {
                    services.computeIfAbsent(
                                    watched(service, pool, endpoint, sight), _ -> new ArrayList<>())
                            .add(service);
                }
            }
        }
        return services.entrySet().stream().map(e -> of(e.getKey(), e.getValue(), sight)).toList();
    }

    static String word(Health health) {
        return health.name().toLowerCase(Locale.ROOT);
    }

    /// When a stamp was given, by the clock of who gave it.
    static Optional<Instant> moment(Stamp stamp) {
        return Optional.of(stamp.time().millis())
                .filter(millis -> millis > 0)
                .map(Instant::ofEpochMilli);
    }

    private static Watched watched(Service service, Pool pool, Endpoint endpoint, Sight sight) {
        return new Watched(
                pool.region(), endpoint.destination().toString(), sight.key(service, endpoint));
    }

    private static HealthResource of(Watched watched, List<Service> services, Sight sight) {
        Optional<Verdict> verdict = watched.key().flatMap(sight::verdict);
        return new HealthResource(
                services.stream().map(service -> service.id().name()).distinct().toList(),
                watched.region().name(),
                watched.address(),
                services.getFirst()
                        .monitor()
                        .filter(_ -> watched.key().isPresent())
                        .map(monitor -> monitor.name()),
                word(watched.key().isEmpty() ? Health.UP : health(verdict)),
                verdict.map(Verdict::stamp).flatMap(HealthResource::moment),
                watched.key().stream()
                        .flatMap(key -> sight.votes(key).stream())
                        .map(VoteResource::of)
                        .toList());
    }

    private static Health health(Optional<Verdict> verdict) {
        return verdict.map(Verdict::health).orElse(Health.UNKNOWN);
    }
}
