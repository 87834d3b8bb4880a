package meridian.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.topology.Endpoint;
import meridian.topology.Node;
import meridian.topology.Pool;
import meridian.topology.RegionId;
import meridian.topology.Service;

/// Whether references tell a checker anything: one in its own region answers though nothing gets
/// out of there, and references that are all in one other region are lost with it, so that whoever
/// tests itself by them abstains instead of voting it down.
///
/// Where a reference is, the configuration tells by the nodes and the endpoints that have its
/// address; of one that nothing here has, nobody knows, and nothing is said.
final class ReferenceChecks {

    private final Problems problems;
    private final List<Node> nodes;
    private final List<Service> services;

    ReferenceChecks(Problems problems, List<Node> nodes, List<Service> services) {
        this.problems = problems;
        this.nodes = nodes;
        this.services = services;
    }

    /// References as they are written.
    ///
    /// @param isWhole whether each item of the list could be read
    record Written(Spot at, List<Item> items, boolean isWhole) {

        record Item(Spot at, InetSocketAddress address) {}

        List<InetSocketAddress> addresses() {
            return items.stream().map(Item::address).distinct().toList();
        }
    }

    /// Those that are not in this region, as far as anyone knows.
    List<InetSocketAddress> outside(RegionId home, Written references) {
        return references.addresses().stream()
                .filter(reference -> !regions(reference).contains(home))
                .toList();
    }

    /// Those that a checker has for itself.
    void check(Written own, RegionId home) {
        List<Written.Item> inside =
                own.items().stream()
                        .filter(item -> regions(item.address()).contains(home))
                        .toList();
        for (Written.Item item : inside)
            problems.warn(
                    item.at(),
                    "is in region "
                            + home
                            + ", where the checker is too: it answers though nothing gets out of"
                            + " there, so that the checker never abstains",
                    "an address outside of " + home + " shows what it sees");
        if (inside.isEmpty() && own.isWhole()) warnOfOneRegion(own, "are all", home);
    }

    /// Those that are named once for all, of which each checker has what is outside of its region.
    ///
    /// @param homes the regions of the checkers that have none for themselves
    void checkShared(Written shared, Collection<RegionId> homes) {
        if (!shared.isWhole() || shared.items().isEmpty()) return;
        for (RegionId home : homes) {
            if (outside(home, shared).isEmpty())
                problems.warn(
                        shared.at(),
                        "leave the checkers of region "
                                + home
                                + " none outside of it: they do not test themselves",
                        "addresses in two places outside of " + home + " show what they see");
            else warnOfOneRegion(shared, "are, for the checkers of " + home + ", all", home);
        }
    }

    private void warnOfOneRegion(Written references, String all, RegionId home) {
        only(outside(home, references))
                .ifPresent(
                        region ->
                                problems.warn(
                                        references.at(),
                                        all
                                                + " in region "
                                                + region
                                                + ": should it be lost, who tests itself by them"
                                                + " abstains, and does not vote it down",
                                        "addresses in two places outside of "
                                                + home
                                                + " keep the vote"));
    }

    /// The region that all of them are in, if there is one.
    private Optional<RegionId> only(List<InetSocketAddress> references) {
        if (references.isEmpty()) return Optional.empty();
        Set<RegionId> first = regions(references.getFirst());
        boolean isOne =
                first.size() == 1
                        && references.stream().allMatch(one -> regions(one).equals(first));
        return isOne ? first.stream().findFirst() : Optional.empty();
    }

    /// Where it is: several regions for an address that many nodes answer at (anycast), or for one
    /// on which all of them run; none for one that nothing here has.
    private Set<RegionId> regions(InetSocketAddress reference) {
        Set<RegionId> listening = regions(listener -> listener.equals(reference));
        if (!listening.isEmpty()) return listening;
        InetAddress address = reference.getAddress();
        var regions = new HashSet<>(regions(listener -> listener.getAddress().equals(address)));
        for (Service service : services)
            for (Pool pool : service.pools())
                if (pool.endpoints().stream().anyMatch(one -> isAt(one, address)))
                    regions.add(pool.region());
        return regions;
    }

    private Set<RegionId> regions(Predicate<InetSocketAddress> isIt) {
        return nodes.stream()
                .filter(node -> listeners(node).anyMatch(isIt))
                .map(Node::region)
                .collect(Collectors.toSet());
    }

    private static Stream<InetSocketAddress> listeners(Node node) {
        return Stream.concat(
                node.dns().stream(), Stream.concat(node.api().stream(), node.cluster().stream()));
    }

    private static boolean isAt(Endpoint endpoint, InetAddress address) {
        return endpoint.probed().filter(address::equals).isPresent();
    }
}
