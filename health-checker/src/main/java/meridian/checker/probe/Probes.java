package meridian.checker.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import meridian.topology.Check;
import meridian.topology.Monitor;

/// Makes the probe for what a monitor asks of an address. All its probes share the thread that ends
/// them in time.
public final class Probes implements AutoCloseable {

    private final UnaryOperator<InetSocketAddress> route;
    private final Supplier<Trust> trust;
    private final Deadlines deadlines = new Deadlines();

    /// Probes that connect to the address itself, and trust the authorities that the JDK trusts.
    public Probes() {
        this(UnaryOperator.identity(), Trust::jdk);
    }

    /// @param route what is really connected to for an address and port: itself, or a relay that
    ///   stands between this vantage and the endpoint. Host header, SNI and the name in the
    ///   certificate stay those of the endpoint.
    public Probes(UnaryOperator<InetSocketAddress> route) {
        this(route, Trust::jdk);
    }

    Probes(UnaryOperator<InetSocketAddress> route, Supplier<Trust> trust) {
        this.route = route;
        this.trust = trust;
    }

    public Probe of(InetAddress address, Monitor monitor) {
        return switch (monitor.check()) {
            case Check.Http http ->
                    new HttpProbe(
                            http,
                            address,
                            to(address, http.portOrDefault(), monitor),
                            trustFor(http));
            case Check.Tcp(int port) -> new TcpProbe(to(address, port, monitor));
        };
    }

    /// Attempts under way are no longer ended in time: stop the watches first.
    @Override
    public void close() {
        deadlines.close();
    }

    private Trust trustFor(Check.Http http) {
        return http.tls() && http.verify() ? trust.get() : Trust.ANYONE;
    }

    private Approach to(InetAddress address, int port, Monitor monitor) {
        InetSocketAddress target = route.apply(new InetSocketAddress(address, port));
        return new Approach(target, monitor.timeout(), deadlines);
    }
}
