package meridian.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.topology.Node;
import meridian.topology.RegionId;

/// The whole fleet at a glance, as one node sees it.
///
/// @param region empty for a process that the configuration does not name
record StatusResource(
        String node,
        Optional<String> region,
        List<String> roles,
        String version,
        Instant now,
        ConfigurationResource configuration,
        Optional<SnapshotResource> snapshot,
        VantagesResource vantages,
        List<PeerResource> peers,
        List<Fleet.Alarm> alarms,
        List<DrainResource> drains,
        List<IntentResource> otherIntents,
        List<Serving> services) {

    /// @param state `accepted`; `last reload failed`: what served goes on serving; `rolled back`:
    ///   an earlier generation serves
    record ConfigurationResource(
            Optional<String> file,
            String hash,
            Instant loaded,
            String state,
            List<String> problems) {

        static ConfigurationResource of(Fleet.Configuration configuration) {
            return new ConfigurationResource(
                    configuration.file(),
                    configuration.hash(),
                    configuration.loaded(),
                    state(configuration),
                    Stream.of(
                                    configuration.instead().stream(),
                                    configuration.problems().stream()
                                            .map(problem -> "last reload failed: " + problem),
                                    configuration.warnings().stream()
                                            .map(warning -> "told beside it: " + warning))
                            .flatMap(lines -> lines)
                            .toList());
        }

        private static String state(Fleet.Configuration configuration) {
            if (configuration.instead().isPresent()) return "rolled back";
            return configuration.problems().isEmpty() ? "accepted" : "last reload failed";
        }
    }

    record SnapshotResource(long generation, Instant built) {}

    /// @param note what to know about how this fleet decides
    record VantagesResource(long heard, int of, int needed, String note) {

        static VantagesResource of(Sight sight) {
            int of = sight.quorum().vantages().size();
            int needed = sight.quorum().needed();
            return new VantagesResource(sight.heard(), of, needed, note(sight.heard(), of, needed));
        }

        private static String note(long heard, int of, int needed) {
            if (of == 0) return "no node has the role checker: nothing is watched";
            if (of == 1) return "one vantage alone decides alone";
            return heard < needed
                    ? heard
                            + " of "
                            + of
                            + " vantages are heard, "
                            + needed
                            + " are needed: verdicts stand"
                    : needed + " of " + of + " vantages decide";
        }
    }

    /// @param sameConfiguration empty where it is not known
    record PeerResource(
            String node,
            Optional<Double> ageSeconds,
            Optional<String> configuration,
            Optional<Boolean> sameConfiguration) {

        static PeerResource of(Fleet.Peer peer, String ours) {
            return new PeerResource(
                    peer.node().name(),
                    peer.age().map(age -> age.toMillis() / 1000.0),
                    peer.configuration(),
                    peer.configuration().map(ours::equals));
        }
    }

    record Serving(String id, List<String> servingRegions) {}

    static StatusResource of(Fleet fleet) {
        Optional<Node> node = Optional.ofNullable(fleet.topology().nodes().get(fleet.self()));
        return new StatusResource(
                fleet.self().name(),
                node.map(Node::region).map(RegionId::name),
                roles(node),
                fleet.version(),
                fleet.now(),
                ConfigurationResource.of(fleet.configuration()),
                fleet.snapshot().map(mark -> new SnapshotResource(mark.generation(), mark.built())),
                VantagesResource.of(Sight.of(fleet)),
                fleet.peers().stream()
                        .map(peer -> PeerResource.of(peer, fleet.configuration().hash()))
                        .toList(),
                fleet.alarms(),
                fleet.intents().drains(fleet.now()).stream().map(DrainResource::standing).toList(),
                IntentResource.otherThanDrains(fleet.intents(), fleet.now()),
                fleet.states().stream()
                        .map(ServiceResource::of)
                        .map(service -> new Serving(service.id(), service.servingRegions()))
                        .toList());
    }

    private static List<String> roles(Optional<Node> node) {
        return node.map(Node::roles).stream()
                .flatMap(
                        roles -> Stream.of(meridian.topology.Role.values()).filter(roles::contains))
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
