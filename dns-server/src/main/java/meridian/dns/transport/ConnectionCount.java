package meridian.dns.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// How many connections are open, in all and per client: an address of IPv4, a network /56 of IPv6,
/// as whoever has one address of that has them all.
final class ConnectionCount {

    /// Of the whole, and of what one client may have: from there on, clients show where they are.
    private static final int BUSY_PART = 4;

    private static final int IPV6_NETWORK = 56 / Byte.SIZE;

    private final TcpLimits limits;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<ByteBuffer, Integer> perClient = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final LongAdder headless = new LongAdder();

    ConnectionCount(TcpLimits limits) {
        this.limits = limits;
    }

    /// Whether one more may be open; if so it counts until [#leave].
    boolean admit(InetAddress client) {
        int open = all.incrementAndGet();
        int ofClient = perClient.merge(network(client), 1, Integer::sum);
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
        perClient.computeIfPresent(network(client), (_, count) -> count == 1 ? null : count - 1);
    }

    /// Whether more than a quarter of what is allowed is open, in all or from this client: so many
    /// may be forged, and those that an address is forged for must still get in.
    boolean isBusy(InetAddress client) {
        return all.get() > limits.connections() / BUSY_PART
                || perClient.getOrDefault(network(client), 0)
                        > limits.connectionsPerClient() / BUSY_PART;
    }

    private static ByteBuffer network(InetAddress client) {
        byte[] octets = client.getAddress();
        return client instanceof Inet6Address
                ? ByteBuffer.wrap(octets, 0, IPV6_NETWORK)
                : ByteBuffer.wrap(octets);
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
