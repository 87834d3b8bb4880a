package meridian.api;

import java.util.List;
import meridian.intent.Drain;
import meridian.steering.ServiceState;
import meridian.topology.Coordinates;
import meridian.topology.Region;
import meridian.topology.RegionId;

/// A region: what it is, who is there, and which services are answered from it now.
///
/// @param drains the ids of the standing drains that concern it
record RegionResource(
        String id,
        Location location,
        int capacity,
        boolean standby,
        List<String> cells,
        List<String> nodes,
        List<String> services,
        List<String> serving,
        List<String> drains) {

    record Location(double latitude, double longitude) {

        static Location of(Coordinates coordinates) {
            return new Location(coordinates.latitude(), coordinates.longitude());
        }
    }

    static RegionResource of(Region region, Fleet fleet) {
        RegionId id = region.id();
        return new RegionResource(
                id.name(),
                Location.of(region.location()),
                region.capacity(),
                region.standby(),
                region.cells(),
                fleet.topology().nodes().values().stream()
                        .filter(node -> node.region().equals(id))
                        .map(node -> node.id().name())
                        .toList(),
                fleet.topology().services().values().stream()
                        .filter(service -> service.pool(id).isPresent())
                        .map(service -> service.id().name())
                        .toList(),
                serving(fleet.states(), id),
                fleet.intents().drains(fleet.now()).stream()
                        .filter(drain -> drain.scope().region().equals(id))
                        .map(Drain::id)
                        .toList());
    }

    private static List<String> serving(List<ServiceState> states, RegionId region) {
        return states.stream()
                .filter(state -> ServiceResource.serving(state).contains(region))
                .map(state -> state.service().id().name())
                .toList();
    }
}
