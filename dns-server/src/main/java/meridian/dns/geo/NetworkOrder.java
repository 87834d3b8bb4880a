package meridian.dns.geo;

import java.util.List;
import meridian.topology.Network;
import meridian.topology.RegionId;

/// One line of a networks file: clients of this network prefer these regions, the first most.
///
/// @param order at least one region, none twice
public record NetworkOrder(Network network, List<RegionId> order) {

    public NetworkOrder {
        order = List.copyOf(order);
        if (order.isEmpty())
            throw new IllegalArgumentException(network + " is given no region to go to");
        if (order.stream().distinct().count() != order.size())
            throw new IllegalArgumentException(network + " is given one region twice: " + order);
    }
}
