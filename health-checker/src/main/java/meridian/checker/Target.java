package meridian.checker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import meridian.health.WatchKey;
import meridian.topology.Endpoint;
import meridian.topology.Monitor;
import meridian.topology.Pool;
import meridian.topology.SelfTest;
import meridian.topology.Service;
import meridian.topology.Topology;

/// What one watch looks at.
record Target(InetAddress address, Monitor monitor) {

    /// Everything a topology wants watched. Services that ask the same of the same address share
    /// one watch.
    static SequencedMap<WatchKey, Target> in(Topology topology) {
        var targets = new TreeMap<WatchKey, Target>();
        for (Service service : topology.services().values()) {
            service.monitor().ifPresent(monitor -> collect(service, monitor, targets));
        }
        return Collections.unmodifiableSequencedMap(targets);
    }

    /// Everything a self-test looks at.
    static SequencedMap<WatchKey, Target> in(SelfTest test) {
        var targets = new TreeMap<WatchKey, Target>();
        for (InetSocketAddress reference : test.references()) {
            Monitor monitor = test.monitor(reference);
            targets.put(
                    WatchKey.of(reference.getAddress(), monitor),
                    new Target(reference.getAddress(), monitor));
        }
        return Collections.unmodifiableSequencedMap(targets);
    }

    private static void collect(Service service, Monitor monitor, Map<WatchKey, Target> targets) {
        for (Pool pool : service.pools()) {
            for (Endpoint endpoint : pool.endpoints()) {
                endpoint.probed()
                        .ifPresent(
                                address ->
                                        targets.putIfAbsent(
                                                WatchKey.of(address, monitor),
                                                new Target(address, monitor)));
            }
        }
    }
}
