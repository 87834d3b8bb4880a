package meridian.dns.geo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import meridian.topology.Network;

/// Networks of one family, each with a number, laid out as [Ranges].
///
/// Where networks nest, the longest prefix wins, in whatever order they were added. No network may
/// be added twice.
final class Nesting {

    private record Numbered(long high, long low, int prefixLength, int number)
            implements Comparable<Numbered> {

        /// By first address; of those that begin together, the widest first.
        @Override
        public int compareTo(Numbered other) {
            int order = Ranges.compare(high, low, other.high, other.low);
            return order != 0 ? order : Integer.compare(prefixLength, other.prefixLength);
        }
    }

    private final int width;
    private final List<Numbered> networks = new ArrayList<>();

    Nesting(int width) {
        this.width = width;
    }

    /// Takes a network of this family and passes over one of the other.
    void add(Network network, int number) {
        byte[] address = network.address().getAddress();
        if (address.length * 8 != width) return;
        networks.add(
                new Numbered(
                        Addresses.high(address),
                        Addresses.low(address),
                        network.prefixLength(),
                        number));
    }

    /// A network that was added twice.
    ///
    /// @param first its number when it was added first
    /// @param again and when it was added again
    record Twins(Network network, int first, int again) {}

    /// Every network that was added again, with the number that it had first; of each, in the order
    /// in which it was added.
    List<Twins> twins() {
        Collections.sort(networks);
        var twins = new ArrayList<Twins>();
        int first = 0;
        for (int i = 1; i < networks.size(); i++) {
            if (networks.get(i).compareTo(networks.get(first)) != 0) first = i;
            else twins.add(twins(networks.get(first), networks.get(i)));
        }
        return twins;
    }

    private Twins twins(Numbered first, Numbered again) {
        var address = Addresses.of(width, first.high, first.low);
        return new Twins(new Network(address, first.prefixLength), first.number, again.number);
    }

    /// What no network covers gets the number `background`.
    Ranges ranges(int background) {
        Collections.sort(networks);
        var ranges = new Ranges.Builder(width);
        ranges.append(0, 0, background);
        Deque<Numbered> open = new ArrayDeque<>();
        for (Numbered network : networks) {
            while (!open.isEmpty() && endsBefore(open.peek(), network)) {
                close(open, ranges, background);
            }
            refuseTwins(open, network);
            ranges.append(network.high, network.low, network.number);
            open.push(network);
        }
        while (!open.isEmpty()) close(open, ranges, background);
        return ranges.build();
    }

    private boolean endsBefore(Numbered earlier, Numbered later) {
        return Ranges.compare(lastHigh(earlier), lastLow(earlier), later.high, later.low) < 0;
    }

    private static void refuseTwins(Deque<Numbered> open, Numbered network) {
        if (!open.isEmpty() && open.peek().compareTo(network) == 0)
            throw new IllegalArgumentException("a network was given twice");
    }

    /// After the end of the innermost network, the one around it holds again.
    private void close(Deque<Numbered> open, Ranges.Builder ranges, int background) {
        Numbered ended = open.pop();
        long low = lastLow(ended) + 1;
        long carry = width == 128 && low == 0 ? 1 : 0;
        long high = lastHigh(ended) + carry;
        boolean wrapped = width == 32 ? low > 0xFFFF_FFFFL : (high | low) == 0;
        if (wrapped) return;
        ranges.append(high, low, open.isEmpty() ? background : open.peek().number);
    }

    private long lastHigh(Numbered network) {
        return Addresses.lastHigh(width, network.high, network.prefixLength);
    }

    private long lastLow(Numbered network) {
        return Addresses.lastLow(width, network.low, network.prefixLength);
    }
}
