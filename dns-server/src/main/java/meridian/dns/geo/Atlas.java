package meridian.dns.geo;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.topology.Place;

/// Where every address is: the whole of IPv4 and IPv6, each cut into ranges that bear a [Place].
///
/// What no database holds is [Place#UNKNOWN], and is a range like any other: so a gap has an answer
/// and a scope. Neighbours with the same place are one range. An atlas never changes; overlays give
/// new ones. IPv4 ranges take 8 bytes each and IPv6 ranges 20, besides the distinct places.
///
/// An IPv6 address that carries an IPv4 address within it (6to4, Teredo) is a place of IPv6:
/// databases that alias those prefixes to their IPv4 half are read without the aliases.
public final class Atlas {

    /// Nothing is known of any address.
    public static final Atlas EMPTY =
            new Atlas(Ranges.all(32, 0), Ranges.all(128, 0), List.of(Place.UNKNOWN));

    private static final int FLAT_PLACE_BYTES = 160;

    private final Ranges ipv4;
    private final Ranges ipv6;
    private final List<Place> places;

    /// The numbers of both lists of ranges are positions in `places`.
    Atlas(Ranges ipv4, Ranges ipv6, List<Place> places) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.places = List.copyOf(places);
    }

    public Place place(InetAddress address) {
        return place(address.getAddress());
    }

    /// The place of an address of 4 or 16 bytes in network order.
    public Place place(byte[] address) {
        Ranges ranges = address.length == 4 ? ipv4 : ipv6;
        return place(ranges, ranges.indexOf(Addresses.high(address), Addresses.low(address)));
    }

    /// Every range in the order of addresses, IPv4 first.
    public Stream<Range> ranges() {
        return Stream.of(ipv4, ipv6)
                .flatMap(all -> IntStream.range(0, all.size()).mapToObj(i -> range(all, i)));
    }

    private Range range(Ranges ranges, int index) {
        int width = ranges.width();
        return new Range(
                Addresses.of(width, ranges.high(index), ranges.low(index)),
                Addresses.of(width, ranges.lastHigh(index), ranges.lastLow(index)),
                place(ranges, index));
    }

    /// A stretch of addresses with one place.
    public record Range(InetAddress first, InetAddress last, Place place) {}

    public int rangeCount() {
        return ipv4.size() + ipv6.size();
    }

    /// The distinct places, of which the first is [Place#UNKNOWN].
    public List<Place> places() {
        return places;
    }

    /// What this atlas takes up, nearly: exact for the ranges, an estimate for the places.
    public long bytes() {
        return ipv4.bytes() + ipv6.bytes() + (long) FLAT_PLACE_BYTES * places.size();
    }

    /// The same atlas, where clients of these networks prefer the regions of their line.
    ///
    /// The longest prefix wins whatever the order of the lines; country and coordinates stay.
    /// Refuses a network that is given twice.
    public Atlas overlaid(List<NetworkOrder> orders) {
        if (orders.isEmpty()) return this;
        var numbered = new PlaceNumbers();
        var four = new Nesting(32);
        var six = new Nesting(128);
        for (NetworkOrder line : orders) {
            int number = numbered.number(Place.UNKNOWN.withOrder(line.order()));
            four.add(line.network(), number);
            six.add(line.network(), number);
        }
        var lines = new Atlas(four.ranges(0), six.ranges(0), numbered.places());
        return with(lines, Atlas::withOrderOf);
    }

    private static Place withOrderOf(Place place, Place line) {
        return line.order().isEmpty() ? place : place.withOrder(line.order());
    }

    /// The same atlas, where `other` says what this one does not know.
    ///
    /// Country, subdivision and coordinates are one statement: the details of `other` are taken
    /// where this atlas has no country, or the same one. An AS number is taken wherever this atlas
    /// has none: so a city database and an AS database make one atlas.
    public Atlas filledFrom(Atlas other) {
        return with(other, Atlas::filled);
    }

    private static Place filled(Place place, Place other) {
        OptionalLong asNumber = place.asNumber().isPresent() ? place.asNumber() : other.asNumber();
        boolean agree =
                place.country().isEmpty()
                        ? place.coordinates().isEmpty()
                        : place.country().equals(other.country());
        Place details = agree ? other : place;
        return new Place(
                place.continent().or(details::continent),
                place.country().or(details::country),
                place.subdivision().or(details::subdivision),
                asNumber,
                place.coordinates().or(details::coordinates),
                place.order());
    }

    private Atlas with(Atlas other, BinaryOperator<Place> merge) {
        var merged = new PlaceNumbers();
        var pairs =
                LongIntTable.remembering(
                        (mine, theirs) ->
                                merged.number(
                                        merge.apply(places.get(mine), other.places.get(theirs))));
        return new Atlas(
                ipv4.combined(other.ipv4, pairs),
                ipv6.combined(other.ipv6, pairs),
                merged.places());
    }

    Ranges ipv4() {
        return ipv4;
    }

    Ranges ipv6() {
        return ipv6;
    }

    private Place place(Ranges ranges, int index) {
        return places.get(ranges.number(index));
    }
}
