package meridian.node.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/// Three nodes, six backends, and a relay from each node to each backend. All can be ended and
/// brought back; none outlives the demo.
final class DemoFleet implements AutoCloseable {

    private final Launch launch;
    private final DemoFolder folder;
    private final Map<String, Backend> backends = new LinkedHashMap<>();
    private final Map<Place, List<Relay>> relays = new EnumMap<>(Place.class);
    private final Map<Place, FleetFile.NodePlan> plans = new EnumMap<>(Place.class);
    private final Map<Place, Process> processes = new EnumMap<>(Place.class);
    private boolean closed;

    /// Everything but the nodes is up; [#start] starts those.
    ///
    /// @throws IOException if a port or the disk cannot be had
    DemoFleet(Launch launch) throws IOException {
        this.launch = launch;
        this.folder = DemoFolder.make();
        try {
            var ports = new Ports();
            for (Place place : Place.values()) openBackends(place, ports);
            for (Place place : Place.values()) plans.put(place, plan(place, ports));
            writeFiles();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    DemoFolder folder() {
        return folder;
    }

    FleetFile.NodePlan plan(Place place) {
        return Objects.requireNonNull(plans.get(place));
    }

    List<NameServer> nameServers() {
        return plans.entrySet().stream()
                .map(plan -> new NameServer(plan.getKey(), plan.getValue().dns()))
                .toList();
    }

    Api api(Place place) {
        return new Api(plan(place).api());
    }

    /// A new process for the node, which goes on where one before it ended.
    synchronized void start(Place place) throws IOException {
        if (!closed) processes.put(place, launch.node(folder, place));
    }

    /// Where a node is, in a line.
    String described(Place place) {
        FleetFile.NodePlan plan = plan(place);
        return "%-10s  dns %s   api %s   process %d"
                .formatted(
                        place.node(),
                        FleetFile.text(plan.dns()),
                        api(place).url(),
                        process(place).pid());
    }

    boolean isRunning(Place place) {
        return process(place).isAlive();
    }

    /// SIGKILL: it has no time to say goodbye.
    void kill(Place place) {
        process(place).destroyForcibly();
        process(place).onExit().join();
    }

    /// Whatever was ended and not brought back.
    void mend() throws IOException {
        for (Place place : Place.values()) {
            restartBackends(place);
            restoreNetwork(place);
            if (!isRunning(place)) start(place);
        }
    }

    void stopBackends(Place place) {
        backends(place).forEach(Backend::close);
    }

    void restartBackends(Place place) throws IOException {
        for (Backend backend : backends(place)) backend.restart();
    }

    void cutNetwork(Place vantage) {
        relays(vantage).forEach(Relay::close);
    }

    void restoreNetwork(Place vantage) throws IOException {
        for (Relay relay : relays(vantage)) relay.restore();
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        processes.values().forEach(Process::destroyForcibly);
        processes.values().forEach(process -> process.onExit().join());
        relays.values().forEach(each -> each.forEach(Relay::close));
        backends.values().forEach(Backend::close);
        folder.delete();
    }

    private Process process(Place place) {
        return Objects.requireNonNull(processes.get(place));
    }

    private List<Relay> relays(Place vantage) {
        return Objects.requireNonNull(relays.get(vantage));
    }

    private List<Backend> backends(Place place) {
        return backends.values().stream().filter(backend -> backend.place() == place).toList();
    }

    private void openBackends(Place place, Ports ports) throws IOException {
        for (String endpoint : place.endpoints())
            backends.put(endpoint + ":" + Place.PORT, new Backend(place, ports.any()));
    }

    private FleetFile.NodePlan plan(Place place, Ports ports) throws IOException {
        return new FleetFile.NodePlan(
                Ports.loopback(ports.near(5301)),
                Ports.loopback(ports.near(8053)),
                Ports.loopback(ports.near(5701)),
                openRelays(place, ports));
    }

    private SequencedMap<String, InetSocketAddress> openRelays(Place place, Ports ports)
            throws IOException {
        var opened = new ArrayList<Relay>();
        relays.put(place, opened);
        var addresses = new LinkedHashMap<String, InetSocketAddress>();
        for (Map.Entry<String, Backend> backend : backends.entrySet()) {
            var relay = new Relay(ports.any(), backend.getValue().address());
            opened.add(relay);
            addresses.put(backend.getKey(), relay.address());
        }
        return addresses;
    }

    private void writeFiles() throws IOException {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        folder.writeSecret("cluster.key", HexFormat.of().formatHex(key) + "\n");
        folder.write("example.test.zone", FleetFile.ZONE);
        folder.write("meridian.conf", new FleetFile(plans).text());
    }
}
