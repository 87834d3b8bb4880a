package meridian.simulation;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import meridian.health.Health;
import meridian.simulation.Scenario.Caller;
import meridian.topology.AllDown;
import meridian.topology.Network;
import meridian.topology.RegionId;
import meridian.topology.Rule;
import meridian.topology.Service;
import meridian.topology.Step;

/// Which addresses a client may be answered with: the rules of eligibility once more, written for
/// nothing but to be compared with what is answered.
///
/// @param addresses that may be in the answer
/// @param mayBeEmpty whether no address is right too
record Expectation(Set<InetAddress> addresses, boolean mayBeEmpty) {

    private static final Expectation NOTHING = new Expectation(Set.of(), true);
    private static final int NO_LINE = 5;

    static Expectation of(List<PoolView> pools, Service service, Caller client) {
        List<Set<RegionId>> tiers = tiers(service, client, pools);
        var reachable = new HashSet<RegionId>();
        tiers.forEach(reachable::addAll);
        List<PoolView> all = matching(pools, pool -> reachable.contains(pool.region()));
        List<PoolView> wanted = matching(all, pool -> !pool.drained());
        if (all.isEmpty()) return NOTHING;
        if (wanted.isEmpty())
            return best(all, tiers).addresses().isEmpty() ? failOpen(all, tiers) : best(all, tiers);
        Expectation best = best(wanted, tiers);
        return best.addresses().isEmpty() ? allDown(wanted, tiers, service.allDown()) : best;
    }

    /// Sets of regions that this client likes equally, the most liked first.
    private static List<Set<RegionId>> tiers(Service service, Caller client, List<PoolView> pools) {
        var tiers = new ArrayList<Set<RegionId>>();
        boolean isFenced = false;
        for (Rule rule : service.policy().rules()) {
            if (!isFor(rule, client.address())) continue;
            rule.to().forEach(step -> tiers.addAll(tiers(step, client)));
            isFenced = rule.fence();
            break;
        }
        if (isFenced) return tiers;
        var standbys = new HashSet<RegionId>();
        pools.stream().filter(PoolView::standby).forEach(pool -> standbys.add(pool.region()));
        client.order().stream()
                .filter(region -> !standbys.contains(region))
                .map(Set::of)
                .forEach(tiers::add);
        client.order().stream().filter(standbys::contains).map(Set::of).forEach(tiers::add);
        return tiers;
    }

    private static boolean isFor(Rule rule, InetAddress client) {
        return rule.clients().stream()
                        .flatMap(set -> set.networks().stream())
                        .anyMatch(network -> holds(network, client))
                || rule.clients().isEmpty();
    }

    private static boolean holds(Network network, InetAddress client) {
        return network.contains(client);
    }

    private static List<Set<RegionId>> tiers(Step step, Caller client) {
        return switch (step) {
            case Step.OneRegion(var region) -> List.of(Set.of(region));
            case Step.Weighted(var weights) -> List.of(Set.copyOf(weights.keySet()));
            case Step.Nearest _ -> client.order().stream().map(Set::of).toList();
        };
    }

    private static Expectation best(List<PoolView> pools, List<Set<RegionId>> tiers) {
        int line = pools.stream().mapToInt(Expectation::line).min().orElse(NO_LINE);
        if (line == NO_LINE) return NOTHING;
        return first(matching(pools, pool -> line(pool) == line), tiers, PoolView::serving);
    }

    /// 1 to 4 as in the order of eligibility.
    private static int line(PoolView pool) {
        int kind = pool.standby() ? 3 : 1;
        return switch (pool.held() ? Health.UP : pool.health()) {
            case UP -> kind;
            case UNKNOWN -> kind + 1;
            case DOWN -> NO_LINE;
        };
    }

    private static Expectation allDown(
            List<PoolView> wanted, List<Set<RegionId>> tiers, AllDown rule) {
        return switch (rule) {
            case AllDown.FailOpen _ -> failOpen(wanted, tiers);
            case AllDown.LastGood _ -> lastGood(wanted);
            case AllDown.NoData _ -> NOTHING;
            case AllDown.Addresses(var addresses) -> new Expectation(Set.copyOf(addresses), false);
            case AllDown.Alias _ -> NOTHING;
        };
    }

    private static Expectation failOpen(List<PoolView> pools, List<Set<RegionId>> tiers) {
        List<PoolView> active = matching(pools, pool -> !pool.standby());
        return first(active.isEmpty() ? pools : active, tiers, PoolView::all);
    }

    private static Expectation lastGood(List<PoolView> pools) {
        return pools.stream()
                .max(Comparator.comparing(PoolView::lastFall))
                .map(pool -> new Expectation(pool.all(), false))
                .orElse(NOTHING);
    }

    private static Expectation first(
            List<PoolView> pools,
            List<Set<RegionId>> tiers,
            Function<PoolView, Set<InetAddress>> addresses) {
        for (Set<RegionId> tier : tiers) {
            var found = new HashSet<InetAddress>();
            for (PoolView pool : pools) {
                if (tier.contains(pool.region())) found.addAll(addresses.apply(pool));
            }
            if (!found.isEmpty()) return new Expectation(found, false);
        }
        return NOTHING;
    }

    private static List<PoolView> matching(List<PoolView> pools, Predicate<PoolView> wanted) {
        return pools.stream().filter(wanted).toList();
    }
}
