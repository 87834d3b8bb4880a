package meridian.dns.transport;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// How many TCP connections are open, in all and per client address.
final class ConnectionCount {

    private final TcpLimits limits;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> perClient = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final LongAdder headless = new LongAdder();

    ConnectionCount(TcpLimits limits) {
        this.limits = limits;
    }

    /// Whether one more may be open; if so it counts until [#leave].
    boolean admit(InetAddress client) {
        int open = all.incrementAndGet();
        int ofClient = perClient.merge(client, 1, Integer::sum);
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
        perClient.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
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
