package meridian.dns.geo;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.topology.Place;
import meridian.topology.RegionId;

/// Where every address is: the whole of IPv4 and IPv6, each cut into ranges that bear a [Place].
///
/// What no database holds is [Place#UNKNOWN], and is a range like any other: so a gap has an answer
/// and a scope. Neighbours with the same place are one range. What operators say of networks lies
/// over all that ([NetworkOrders]), and cuts no range of it: so a database is in memory once,
/// whoever holds it with them or without. An atlas never changes; overlays give new ones.
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
    private final NetworkOrders orders;

    /// The numbers of both lists of ranges are positions in `places`.
    Atlas(Ranges ipv4, Ranges ipv6, List<Place> places) {
        this(ipv4, ipv6, List.copyOf(places), NetworkOrders.NONE);
    }

    private Atlas(Ranges ipv4, Ranges ipv6, List<Place> places, NetworkOrders orders) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.places = places;
        this.orders = orders;
    }

    public Place place(InetAddress address) {
        return place(address.getAddress());
    }

    /// The place of an address of 4 or 16 bytes in network order.
    public Place place(byte[] address) {
        Ranges ranges = address.length == 4 ? ipv4 : ipv6;
        Place place =
                place(ranges, ranges.indexOf(Addresses.high(address), Addresses.low(address)));
        return ordered(place, orders.order(address));
    }

    /// A place where operators want this order; where they say nothing of it, that is empty.
    static Place ordered(Place place, List<RegionId> order) {
        return order.isEmpty() ? place : place.withOrder(order);
    }

    /// Every range in the order of addresses, IPv4 first, without what operators say of networks.
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
        return ipv4.bytes()
                + ipv6.bytes()
                + orders.bytes()
                + (long) FLAT_PLACE_BYTES * places.size();
    }

    /// The same atlas, where clients of these networks prefer the regions of their line; country
    /// and coordinates stay.
    public Atlas overlaid(NetworkOrders lines) {
        return new Atlas(ipv4, ipv6, places, lines);
    }

    /// The same atlas, where `other` says what this one does not know.
    ///
    /// Country, subdivision and coordinates are one statement: the details of `other` are taken
    /// where this atlas has no country, or the same one. An AS number is taken wherever this atlas
    /// has none: so a city database and an AS database make one atlas.
    public Atlas filledFrom(Atlas other) {
        var merged = new PlaceNumbers();
        var pairs =
                LongIntTable.remembering(
                        (mine, theirs) ->
                                merged.number(filled(places.get(mine), other.places.get(theirs))));
        return new Atlas(
                ipv4.combined(other.ipv4, pairs),
                ipv6.combined(other.ipv6, pairs),
                List.copyOf(merged.places()),
                orders);
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

    Ranges ipv4() {
        return ipv4;
    }

    Ranges ipv6() {
        return ipv6;
    }

    NetworkOrders orders() {
        return orders;
    }

    private Place place(Ranges ranges, int index) {
        return places.get(ranges.number(index));
    }
}
