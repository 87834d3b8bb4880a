package meridian.dns.geo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import meridian.topology.Network;
import meridian.topology.RegionId;

/// What operators say of networks: clients of this one prefer these regions, the first most.
///
/// Where networks nest, the longest prefix wins. Of the lines themselves nothing is kept: 250,000
/// networks take 3 MB as ranges, and took 60 MB as objects.
public final class NetworkOrders {

    /// Nothing is said of any network.
    public static final NetworkOrders NONE =
            new NetworkOrders(Ranges.all(32, 0), Ranges.all(128, 0), List.of(List.of()));

    private final Ranges ipv4;
    private final Ranges ipv6;
    private final List<List<RegionId>> orders;

    /// The numbers of both lists of ranges are positions in `orders`, of which the first is empty.
    private NetworkOrders(Ranges ipv4, Ranges ipv6, List<List<RegionId>> orders) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.orders = List.copyOf(orders);
    }

    /// Lays out these lines.
    ///
    /// @param lines with at least one region each, and none twice
    public static NetworkOrders of(Map<Network, List<RegionId>> lines) {
        var building = new Builder();
        int line = 1;
        for (var entry : lines.entrySet())
            building.add(entry.getKey(), line++, building.number(entry.getValue()));
        return building.build();
    }

    /// The order for clients with an address of 4 or 16 bytes in network order; empty: nothing is
    /// said of them.
    List<RegionId> order(byte[] address) {
        Ranges ranges = address.length == 4 ? ipv4 : ipv6;
        int index = ranges.indexOf(Addresses.high(address), Addresses.low(address));
        return numbered(ranges.number(index));
    }

    List<RegionId> numbered(int number) {
        return orders.get(number);
    }

    Ranges ranges(int width) {
        return width == 32 ? ipv4 : ipv6;
    }

    long bytes() {
        return ipv4.bytes() + ipv6.bytes();
    }

    /// Takes the lines of a file.
    static final class Builder {

        private final List<List<RegionId>> orders = new ArrayList<>(List.of(List.of()));
        private final Map<List<RegionId>, Integer> numbers = new HashMap<>();

        /// Each network has the number of its line here; so what is in two lines can be told.
        private final Nesting ipv4 = new Nesting(32);

        private final Nesting ipv6 = new Nesting(128);
        private int[] orderOfLine = new int[1024];

        /// The number of an order.
        int number(List<RegionId> order) {
            Integer known = numbers.putIfAbsent(List.copyOf(order), orders.size());
            if (known != null) return known;
            orders.add(List.copyOf(order));
            return orders.size() - 1;
        }

        /// @param line from 1
        void add(Network network, int line, int order) {
            if (line >= orderOfLine.length)
                orderOfLine = Arrays.copyOf(orderOfLine, 2 * Math.max(line, orderOfLine.length));
            orderOfLine[line] = order;
            ipv4.add(network, line);
            ipv6.add(network, line);
        }

        /// Every line with a network that an earlier one has.
        List<Nesting.Twins> twins() {
            return Stream.of(ipv4, ipv6).flatMap(nesting -> nesting.twins().stream()).toList();
        }

        /// @throws IllegalArgumentException if there are twins
        NetworkOrders build() {
            return new NetworkOrders(
                    ipv4.ranges(0).renumbered(line -> orderOfLine[line]),
                    ipv6.ranges(0).renumbered(line -> orderOfLine[line]),
                    orders);
        }
    }
}
