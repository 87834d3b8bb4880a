package meridian.dns.geo;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import meridian.topology.Network;
import meridian.topology.Place;
import meridian.topology.RegionId;

/// From client networks to location classes, compiled for one policy.
///
/// Every address of IPv4 and IPv6 has a class, and around each address there is a widest block with
/// one class: the scope of an answer (RFC 7871 §7.2.1). Blocks of one answer never overlap a block
/// of another, so that a resolver's cache may hold them side by side.
///
/// A look-up takes a few memory reads ([Ipv4Classes]), allocates nothing, and gives class and scope
/// in one `int`:
///
/// ```java
/// int found = table.find(address);
/// answer(LocationTable.locationClass(found), LocationTable.scope(found));
/// ```
public final class LocationTable {

    private static final int SCOPE_BITS = 8;
    private static final int MOST_CLASSES = 1 << (31 - SCOPE_BITS);

    private final Ipv4Classes ipv4;
    private final Ipv6Classes ipv6;

    private LocationTable(Ranges ipv4, Ranges ipv6) {
        this.ipv4 = new Ipv4Classes(ipv4);
        this.ipv6 = new Ipv6Classes(ipv6);
    }

    /// Says to which location class some clients belong.
    @FunctionalInterface
    public interface Classifier {

        /// Asked once for each distinct pair.
        ///
        /// @param networkSets the positions of the network sets that these clients are in; not to
        ///   be changed
        /// @return the number of a class, from 0 on
        int classOf(Place place, BitSet networkSets);
    }

    /// Lays the places and the network sets over each other and asks for the class of each piece.
    ///
    /// @param networkSets networks that clients may be in whatever their place; each set may hold
    ///   its networks in any order, overlapping and repeated
    public static LocationTable compile(
            Atlas atlas, List<List<Network>> networkSets, Classifier classifier) {
        var memberships = new Memberships();
        var said = new Said(atlas.orders(), memberships);
        IntBinaryOperator classes =
                LongIntTable.remembering(
                        (place, about) ->
                                checked(
                                        classifier.classOf(
                                                Atlas.ordered(
                                                        atlas.places().get(place),
                                                        said.order(about)),
                                                said.membership(about))));
        // What is said of networks comes first: it is small beside a database, of which so no copy
        // is made.
        return new LocationTable(
                atlas.ipv4().combined(said.ranges(32, networkSets), classes),
                atlas.ipv6().combined(said.ranges(128, networkSets), classes));
    }

    private static int checked(int locationClass) {
        if (locationClass < 0 || locationClass >= MOST_CLASSES)
            throw new IllegalArgumentException(
                    "location class "
                            + locationClass
                            + " is none; 0 to "
                            + (MOST_CLASSES - 1)
                            + " are accepted");
        return locationClass;
    }

    /// What the operators' lines and the network sets say of an address, as ranges numbered by
    /// distinct pair.
    private static final class Said {

        private record Pair(int order, int membership) {}

        private final NetworkOrders orders;
        private final Memberships memberships;
        private final List<Pair> distinct = new ArrayList<>();
        private final IntBinaryOperator numbers = LongIntTable.remembering(this::add);

        Said(NetworkOrders orders, Memberships memberships) {
            this.orders = orders;
            this.memberships = memberships;
        }

        private int add(int order, int membership) {
            distinct.add(new Pair(order, membership));
            return distinct.size() - 1;
        }

        Ranges ranges(int width, List<List<Network>> networkSets) {
            return orders.ranges(width).combined(memberships.ranges(width, networkSets), numbers);
        }

        List<RegionId> order(int number) {
            return orders.numbered(distinct.get(number).order);
        }

        BitSet membership(int number) {
            return memberships.distinct.get(distinct.get(number).membership);
        }
    }

    /// In which of the sets an address is, as ranges numbered by distinct combination.
    private static final class Memberships {
        private final Map<BitSet, Integer> numbers = new HashMap<>();
        private final List<BitSet> distinct = new ArrayList<>();

        Memberships() {
            number(new BitSet());
        }

        private int number(BitSet sets) {
            Integer known = numbers.putIfAbsent(sets, distinct.size());
            if (known != null) return known;
            distinct.add(sets);
            return distinct.size() - 1;
        }

        Ranges ranges(int width, List<List<Network>> networkSets) {
            Ranges ranges = Ranges.all(width, 0);
            for (int set = 0; set < networkSets.size(); set++) {
                var nesting = new Nesting(width);
                new LinkedHashSet<>(networkSets.get(set)).forEach(in -> nesting.add(in, 1));
                ranges = ranges.combined(nesting.ranges(0), joining(set));
            }
            return ranges;
        }

        private IntBinaryOperator joining(int set) {
            return LongIntTable.remembering((number, in) -> in == 0 ? number : with(number, set));
        }

        private int with(int number, int set) {
            BitSet sets = (BitSet) distinct.get(number).clone();
            sets.set(set);
            return number(sets);
        }
    }

    /// Class and scope of an address; see [#locationClass] and [#scope].
    public int find(InetAddress address) {
        return find(address.getAddress());
    }

    /// Class and scope of an address of 4 or 16 bytes in network order; see [#locationClass] and
    /// [#scope]. Of a network, it is the first address that is looked up.
    public int find(byte[] address) {
        return find(address.length == 4, Addresses.high(address), Addresses.low(address));
    }

    /// Class and scope of an address in two halves; an IPv4 address is a lower one.
    public int find(boolean isIpv4, long high, long low) {
        return isIpv4 ? ipv4.find((int) low) : ipv6.find(high, low);
    }

    static int found(int locationClass, int scope) {
        return locationClass << SCOPE_BITS | scope;
    }

    /// The number of the class in what a look-up found.
    public static int locationClass(int found) {
        return found >>> SCOPE_BITS;
    }

    /// The scope prefix in what a look-up found: 0 to 32 or 128 bits.
    public static int scope(int found) {
        return found & ((1 << SCOPE_BITS) - 1);
    }

    public int rangeCount() {
        return ipv4.size() + ipv6.size();
    }

    /// What the ranges and their starts take up.
    public long bytes() {
        return ipv4.bytes() + ipv6.bytes();
    }
}
