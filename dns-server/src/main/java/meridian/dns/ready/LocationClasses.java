package meridian.dns.ready;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import meridian.dns.geo.Atlas;
import meridian.dns.geo.LocationTable;
import meridian.steering.Outlook;
import meridian.steering.Preference;
import meridian.steering.Preferences;
import meridian.steering.Source;
import meridian.topology.ClientSet;
import meridian.topology.Network;
import meridian.topology.Place;
import meridian.topology.Policy;
import meridian.topology.Rule;

/// The location classes of one policy: every preference that a client can have under it, and for
/// every address which one it is.
final class LocationClasses {

    /// The position of a preference, and the prefix length of the widest block around the address
    /// that has the same.
    record Located(int locationClass, int scope) {}

    /// Services have a few outlooks at a time; over the months they may have many.
    private static final int MOST_OUTLOOKS = 4096;

    private final List<Preference> preferences;
    private final LocationTable table;
    private final Map<Outlook, ClassPlans> plans = new HashMap<>();

    /// Where a region falls, the next service mostly has the same outlook as the last.
    private Optional<Known> last = Optional.empty();

    private record Known(Outlook outlook, ClassPlans plans) {}

    private final Map<Outlook, List<Source>> sources = new ConcurrentHashMap<>();

    private LocationClasses(List<Preference> preferences, LocationTable table) {
        this.preferences = List.copyOf(preferences);
        this.table = table;
    }

    static LocationClasses of(Policy policy, Preferences all, Atlas atlas) {
        List<ClientSet> sets =
                policy.rules().stream()
                        .map(Rule::clients)
                        .flatMap(clients -> clients.stream())
                        .distinct()
                        .toList();
        List<List<Network>> networks = sets.stream().map(ClientSet::networks).toList();
        var numbering = new Numbering(policy, all, sets);
        LocationTable table = LocationTable.compile(atlas, networks, numbering);
        return new LocationClasses(List.copyOf(numbering.numbers.keySet()), table);
    }

    int count() {
        return preferences.size();
    }

    /// What each class gets by an outlook: decided once, for as many services as have it.
    synchronized ClassPlans plans(Outlook outlook) {
        if (last.isPresent() && last.get().outlook().equals(outlook)) return last.get().plans();
        if (plans.size() >= MOST_OUTLOOKS) plans.clear();
        ClassPlans its = plans.computeIfAbsent(outlook, one -> ClassPlans.of(one, preferences));
        last = Optional.of(new Known(outlook, its));
        return its;
    }

    /// Where the answers of all classes would come from by an outlook that is none yet. Whoever
    /// makes plans of those that are does not wait for this.
    List<Source> sources(Outlook outlook) {
        List<Source> known = sources.get(outlook);
        if (known != null) return known;
        List<Source> found = ClassPlans.of(outlook, preferences).sources();
        if (sources.size() >= MOST_OUTLOOKS) sources.clear();
        sources.put(outlook, found);
        return found;
    }

    long bytes() {
        return table.bytes();
    }

    /// An address of 4 or 16 octets; of a network, its first.
    Located locate(byte[] address) {
        int found = table.find(address);
        return new Located(LocationTable.locationClass(found), LocationTable.scope(found));
    }

    /// The same without an object, as [LocationTable#find] gives it.
    int find(boolean isIpv4, long high, long low) {
        return table.find(isIpv4, high, low);
    }

    /// Numbers the preferences as they turn up.
    private record Numbering(
            Policy policy, Preferences all, List<ClientSet> sets, Map<Preference, Integer> numbers)
            implements LocationTable.Classifier {

        Numbering(Policy policy, Preferences all, List<ClientSet> sets) {
            this(policy, all, sets, new LinkedHashMap<>());
        }

        @Override
        public int classOf(Place place, BitSet networkSets) {
            Preference preference =
                    all.preference(policy, place, set -> networkSets.get(sets.indexOf(set)));
            return numbers.computeIfAbsent(preference, _ -> numbers.size());
        }
    }
}
