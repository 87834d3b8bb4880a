package meridian.dns.ready;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.steering.Latch;
import meridian.steering.ServiceState;
import meridian.topology.Endpoint;
import meridian.topology.Pool;
import meridian.topology.Service;
import org.jspecify.annotations.Nullable;

/// On what there are verdicts: each endpoint of each service that is probed, and each pool that
/// waits for people to let it back.
///
/// They have numbers, one service after the other: first its endpoints, pool by pool, and then its
/// pools that may wait. So what turned is a set of bits, however many services there are, and of
/// each of them only what turned is looked at.
final class Watched {

    private static final int NONE = -1;

    /// What the fleet holds true now of some of it.
    static final class Turned {
        private final BitSet numbers;

        /// By number; null where there is none.
        private final @Nullable Verdict[] verdicts;

        private final BitSet services;

        private Turned(BitSet numbers, @Nullable Verdict[] verdicts, BitSet services) {
            this.numbers = numbers;
            this.verdicts = verdicts;
            this.services = services;
        }

        /// Whether any of it is of the service at a position.
        boolean isOf(int service) {
            return services.get(service);
        }
    }

    private final List<Service> services;

    /// The number of the first of each service, and at last one that is beyond all.
    private final int[] first;

    /// By number; null for what is never probed. Keys are hashes over a monitor's whole text, so
    /// they are worked out once, and not whenever an endpoint turns.
    private final @Nullable WatchKey[] keys;

    /// By number, the one before with the same key, or [#NONE].
    private final int[] before;

    private final Map<WatchKey, Integer> lastProbed = new HashMap<>();
    private final Map<WatchKey, Integer> lastWaiting = new HashMap<>();

    /// @param latches of the services
    Watched(List<Service> services, List<Latch> latches) {
        this.services = services;
        this.first = new int[services.size() + 1];
        var each = new ArrayList<@Nullable WatchKey>();
        for (int i = 0; i < services.size(); i++) {
            Service service = services.get(i);
            for (Pool pool : service.pools())
                for (Endpoint endpoint : pool.endpoints()) each.add(key(service, endpoint));
            each.addAll(latches.get(i).keys());
            first[i + 1] = each.size();
        }
        this.keys = each.toArray(new WatchKey[0]);
        this.before = new int[keys.length];
        for (int i = 0; i < services.size(); i++) {
            int waiting = first[i + 1] - latches.get(i).keys().size();
            for (int number = first[i]; number < first[i + 1]; number++)
                chain(number, number < waiting ? lastProbed : lastWaiting);
        }
    }

    private static @Nullable WatchKey key(Service service, Endpoint endpoint) {
        return service.monitor().flatMap(its -> WatchKey.of(endpoint, its)).orElse(null);
    }

    private void chain(int number, Map<WatchKey, Integer> last) {
        WatchKey key = keys[number];
        Integer same = key == null ? null : last.put(key, number);
        before[number] = same == null ? NONE : same;
    }

    /// Everything that is probed, over all services.
    Set<WatchKey> probed() {
        return Collections.unmodifiableSet(lastProbed.keySet());
    }

    /// Everything on which there are verdicts.
    Set<WatchKey> keys() {
        if (lastWaiting.isEmpty()) return probed();
        var all = new HashSet<>(lastProbed.keySet());
        all.addAll(lastWaiting.keySet());
        return all;
    }

    /// Whether this is one of [#keys].
    boolean has(WatchKey key) {
        return lastProbed.containsKey(key) || lastWaiting.containsKey(key);
    }

    /// The address that is probed for what is watched under this key.
    Optional<InetAddress> address(WatchKey key) {
        int one = lastProbed.getOrDefault(key, NONE);
        return one == NONE ? Optional.empty() : endpoint(one).endpoint().probed();
    }

    /// Each endpoint that is watched under this key.
    List<WatchedEndpoint> endpoints(WatchKey key) {
        var endpoints = new ArrayList<WatchedEndpoint>();
        for (int one = lastProbed.getOrDefault(key, NONE); one != NONE; one = before[one])
            endpoints.addFirst(endpoint(one));
        return endpoints;
    }

    private WatchedEndpoint endpoint(int number) {
        int found = Arrays.binarySearch(first, number);
        int service = found < 0 ? -found - 2 : found;
        int left = number - first[service];
        for (Pool pool : services.get(service).pools()) {
            if (left < pool.endpoints().size())
                return new WatchedEndpoint(services.get(service), pool, pool.endpoints().get(left));
            left -= pool.endpoints().size();
        }
        throw new IllegalArgumentException(number + " is no endpoint's");
    }

    /// What verdicts on these keys are about.
    Turned turned(Collection<WatchKey> its, Trie<WatchKey, Verdict> verdicts) {
        var numbers = new BitSet(keys.length);
        var found = new @Nullable Verdict[keys.length];
        for (WatchKey key : its) {
            Verdict verdict = verdicts.get(key);
            for (int one = last(key); one != NONE; one = before[one]) {
                numbers.set(one);
                found[one] = verdict;
            }
        }
        return new Turned(numbers, found, services(numbers));
    }

    /// All that verdicts are about.
    Turned all(Trie<WatchKey, Verdict> verdicts) {
        var numbers = new BitSet(keys.length);
        numbers.set(0, keys.length);
        var found = new @Nullable Verdict[keys.length];
        for (int i = 0; i < keys.length; i++) found[i] = verdict(i, verdicts);
        return new Turned(numbers, found, services(numbers));
    }

    /// The positions of all services.
    BitSet services() {
        var all = new BitSet(services.size());
        all.set(0, services.size());
        return all;
    }

    /// The positions of the services that verdicts on these keys are about.
    BitSet services(Collection<WatchKey> its) {
        var numbers = new BitSet(keys.length);
        for (WatchKey key : its)
            for (int one = last(key); one != NONE; one = before[one]) numbers.set(one);
        return services(numbers);
    }

    private BitSet services(BitSet numbers) {
        var found = new BitSet(services.size());
        int service = 0;
        for (int one = numbers.nextSetBit(0); one >= 0; one = numbers.nextSetBit(one + 1)) {
            while (first[service + 1] <= one) service++;
            found.set(service);
        }
        return found;
    }

    private int last(WatchKey key) {
        int last = lastProbed.getOrDefault(key, NONE);
        return last == NONE ? lastWaiting.getOrDefault(key, NONE) : last;
    }

    /// The service at a position with what turned of it; itself, if nothing did.
    ServiceState measured(int service, ServiceState state, Turned turned) {
        int its = first[service];
        return state.measuring(
                position -> turned.numbers.get(its + position),
                position -> Optional.ofNullable(turned.verdicts[its + position]));
    }

    /// The service at a position with what the fleet holds true of all of it.
    ServiceState measured(int service, ServiceState state, Trie<WatchKey, Verdict> verdicts) {
        int its = first[service];
        return state.measuring(
                _ -> true, position -> Optional.ofNullable(verdict(its + position, verdicts)));
    }

    private @Nullable Verdict verdict(int number, Trie<WatchKey, Verdict> verdicts) {
        WatchKey key = keys[number];
        return key == null ? ServiceState.UNWATCHED : verdicts.get(key);
    }
}
