package meridian.dns.transport;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import meridian.dns.ClientNetwork;
import meridian.topology.Network;

/// How many connections are open, in all and per client ([ClientNetwork]).
final class ConnectionCount {

    /// Of the whole, and of what one client may have: from there on, clients show where they are.
    private static final int BUSY_PART = 4;

    private final TcpLimits limits;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<Network, Integer> perClient = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final LongAdder headless = new LongAdder();

    ConnectionCount(TcpLimits limits) {
        this.limits = limits;
    }

    /// Whether one more may be open; if so it counts until [#leave].
    boolean admit(InetAddress client) {
        int open = all.incrementAndGet();
        int ofClient = perClient.merge(ClientNetwork.of(client), 1, Integer::sum);
        boolean admitted =
                open <= limits.connections() && ofClient <= limits.connectionsPerClient();
        if (!admitted) {
            refused.increment();
            leave(client);
        }
        return admitted;
    }

    void leave(InetAddress client) {
        all.decrementAndGet();
        perClient.computeIfPresent(
                ClientNetwork.of(client), (_, count) -> count == 1 ? null : count - 1);
    }

    /// Whether more than a quarter of what is allowed is open, in all or from this client: so many
    /// may be forged, and those that an address is forged for must still get in.
    boolean isBusy(InetAddress client) {
        return all.get() > limits.connections() / BUSY_PART
                || perClient.getOrDefault(ClientNetwork.of(client), 0)
                        > limits.connectionsPerClient() / BUSY_PART;
    }

    int open() {
        return all.get();
    }

    long refused() {
        return refused.sum();
    }

    /// Counts a connection of a load balancer that does not say whose it is.
    void headless() {
        headless.increment();
    }

    long headlessCount() {
        return headless.sum();
    }
}
