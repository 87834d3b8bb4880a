package meridian.simulation;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import meridian.health.Health;
import meridian.record.RecordType;
import meridian.simulation.Scenario.Caller;
import meridian.topology.AllDown;
import meridian.topology.Network;
import meridian.topology.RegionId;
import meridian.topology.Rule;
import meridian.topology.Service;
import meridian.topology.Step;

/// Which machines a client may be led to: the rules of eligibility once more, written for nothing
/// but to be compared with what is answered.
///
/// @param addresses that may be in the answer; where it tells of several steps, in the first
/// @param mayBeEmpty whether no address is right too
/// @param most of a hundred such answers that are of a region, for those that climb
/// @param all that may be in any step
/// @param ladder what is in each step, by region; empty where that depends on who climbs how far
record Expectation(
        Set<InetAddress> addresses,
        boolean mayBeEmpty,
        Map<RegionId, Integer> most,
        Set<InetAddress> all,
        List<List<Set<InetAddress>>> ladder) {

    private static final Expectation NOTHING =
            new Expectation(Set.of(), true, Map.of(), Set.of(), List.of());
    private static final int UP_AND_ACTIVE = 1;
    private static final int UP_AND_STANDBY = 3;
    private static final int WAITING = 5;
    private static final int NO_LINE = 7;

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

    /// Whether an answer that leads to some is right.
    ///
    /// @param steps one at least
    boolean admits(List<Set<InetAddress>> steps, Service service, RecordType type) {
        if (!addresses.containsAll(steps.getFirst()) || !all.containsAll(union(steps)))
            return false;
        if (service.addressTypes().isEmpty() && !ladder.isEmpty())
            return isLadder(steps, type.equals(RecordType.SRV));
        return true;
    }

    /// Records without weights say by their order which region of the first step was drawn.
    private boolean isLadder(List<Set<InetAddress>> steps, boolean weighs) {
        var right = new ArrayList<Set<InetAddress>>();
        List<Set<InetAddress>> first = ladder.getFirst();
        if (!weighs && first.size() > 1 && first.contains(steps.getFirst())) {
            right.add(steps.getFirst());
            right.add(union(matching(first, one -> !one.equals(steps.getFirst()))));
        } else if (weighs || first.size() == 1) right.add(union(first));
        ladder.stream().skip(1).map(Expectation::union).forEach(right::add);
        return steps.equals(right);
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
        int line = bestLine(pools);
        if (line == NO_LINE) return NOTHING;
        List<PoolView> equals = matching(pools, pool -> line(pool) == line);
        List<PoolView> tier = firstTier(equals, tiers);
        Expectation whole = ladder(equals, tiers, PoolView::serving);
        List<PoolView> climbing = matching(tier, pool -> pool.percent() < 100);
        if (climbing.isEmpty()) return whole;
        List<PoolView> others = matching(pools, pool -> !climbing.contains(pool));
        int instead = bestLine(others);
        return instead == UP_AND_ACTIVE || instead == UP_AND_STANDBY
                ? whole.shared(climbing, best(others, tiers))
                : whole;
    }

    private static int bestLine(List<PoolView> pools) {
        return pools.stream().mapToInt(Expectation::line).min().orElse(NO_LINE);
    }

    /// This, while a part of it climbs, and the others do what that leaves.
    private Expectation shared(List<PoolView> climbing, Expectation others) {
        var both = new HashSet<>(addresses);
        both.addAll(others.addresses);
        var shares = new HashMap<>(others.most);
        climbing.forEach(pool -> shares.put(pool.region(), pool.percent()));
        var anywhere = new HashSet<>(all);
        anywhere.addAll(others.all);
        return new Expectation(both, false, shares, anywhere, List.of());
    }

    /// As in the order of eligibility: 5 and 6 are for what waits, standby or not.
    private static int line(PoolView pool) {
        int kind = pool.standby() ? UP_AND_STANDBY : UP_AND_ACTIVE;
        if (pool.waits()) kind = WAITING;
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
            case AllDown.Addresses(var addresses) -> oneOf(Set.copyOf(addresses));
            case AllDown.Alias _ -> NOTHING;
        };
    }

    private static Expectation failOpen(List<PoolView> pools, List<Set<RegionId>> tiers) {
        List<PoolView> active = matching(pools, pool -> !pool.standby());
        return ladder(active.isEmpty() ? pools : active, tiers, PoolView::all);
    }

    private static Expectation lastGood(List<PoolView> pools) {
        return pools.stream()
                .max(Comparator.comparing(PoolView::lastFall))
                .map(pool -> oneOf(pool.all()))
                .orElse(NOTHING);
    }

    /// Those of the most liked regions that any of them is in.
    private static List<PoolView> firstTier(List<PoolView> pools, List<Set<RegionId>> tiers) {
        for (Set<RegionId> tier : tiers) {
            List<PoolView> found = matching(pools, pool -> tier.contains(pool.region()));
            if (!found.isEmpty()) return found;
        }
        return List.of();
    }

    /// Whom the client likes most, and then whom it would like most without those.
    private static Expectation ladder(
            List<PoolView> pools,
            List<Set<RegionId>> tiers,
            Function<PoolView, Set<InetAddress>> addresses) {
        var ladder = new ArrayList<List<Set<InetAddress>>>();
        var left = new ArrayList<>(pools);
        for (List<PoolView> tier = firstTier(left, tiers);
                !tier.isEmpty();
                tier = firstTier(left, tiers)) {
            ladder.add(tier.stream().map(addresses).toList());
            left.removeAll(tier);
        }
        if (ladder.isEmpty()) return NOTHING;
        boolean climbs = pools.stream().anyMatch(pool -> pool.percent() < 100);
        return new Expectation(
                union(ladder.getFirst()),
                false,
                Map.of(),
                union(ladder.stream().map(Expectation::union).toList()),
                climbs ? List.of() : ladder);
    }

    private static Expectation oneOf(Set<InetAddress> addresses) {
        return new Expectation(addresses, false, Map.of(), addresses, List.of(List.of(addresses)));
    }

    private static Set<InetAddress> union(List<Set<InetAddress>> sets) {
        return sets.stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    private static <T> List<T> matching(List<T> things, Predicate<T> wanted) {
        return things.stream().filter(wanted).toList();
    }
}
