package meridian.node.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Clients of every region, who ask all name servers all the while.
final class Crowd implements AutoCloseable {

    /// Who to take for a client of a region, where nobody says: a network on each continent, beside
    /// those that the nodes are in.
    private static final List<String> SOMEWHERE =
            List.of(
                    "23.20.0.0",
                    "2.125.160.0",
                    "165.21.0.0",
                    "200.160.0.0",
                    "196.25.0.0",
                    "1.128.0.0");

    private static final Duration LOOK = Duration.ofMillis(5);

    private final SequencedMap<String, Client> clients;
    private final List<Load> loads;
    private final Map<Load, List<Reply>> replies = new LinkedHashMap<>();

    Crowd(SequencedMap<String, Client> clients, List<Load> loads) {
        this.clients = clients;
        this.loads = loads;
        loads.forEach(load -> replies.put(load, new ArrayList<>()));
    }

    /// Finds a client for each region, and lets them ask.
    ///
    /// @param networks to try first
    /// @param period from one query to a server to the next
    static Crowd gather(Grounds grounds, List<String> networks, Duration period)
            throws DrillException, InterruptedException {
        try {
            SequencedMap<String, Client> clients = find(grounds, networks);
            var loads = new ArrayList<Load>();
            for (Grounds.Server server : grounds.servers())
                loads.add(Load.start(grounds, server, List.copyOf(clients.values()), period));
            return new Crowd(clients, loads);
        } catch (IOException | UncheckedIOException e) {
            throw new DrillException("asking the name servers failed: " + e.getMessage());
        }
    }

    private static SequencedMap<String, Client> find(Grounds grounds, List<String> networks)
            throws IOException, InterruptedException, DrillException {
        var candidates = new ArrayList<>(networks);
        grounds.servers()
                .forEach(server -> candidates.add(server.dns().getAddress().getHostAddress()));
        candidates.addAll(SOMEWHERE);
        var found = new TreeMap<String, Client>();
        for (String network : candidates) {
            if (found.keySet().containsAll(grounds.answered().keySet())) break;
            Optional<String> region = regionOf(grounds, network);
            if (region.isPresent() && !found.containsKey(region.get()))
                found.put(region.get(), Client.of(region.get(), network, grounds.name()));
        }
        if (found.isEmpty())
            throw new DrillException(
                    grounds.servers().getFirst().dns()
                            + " does not answer for "
                            + grounds.name()
                            + "; is the fleet running, and can it be reached from here?");
        return Collections.unmodifiableSequencedMap(found);
    }

    /// Where the first server that answers sends this network, if to one region.
    private static Optional<String> regionOf(Grounds grounds, String network)
            throws IOException, InterruptedException {
        for (Grounds.Server server : grounds.servers()) {
            Client client = Client.of("", network, grounds.name());
            try (var load = Load.start(grounds, server, List.of(client), Duration.ofMillis(100))) {
                var waiting = new Patience(Duration.ofSeconds(1));
                while (load.latest("").isEmpty() && waiting.isLeft()) Thread.sleep(LOOK);
                Optional<Reply> reply = load.latest("");
                if (reply.isPresent())
                    return reply.map(Reply::regions)
                            .filter(regions -> regions.size() == 1)
                            .map(regions -> regions.iterator().next());
            }
        }
        return Optional.empty();
    }

    SequencedMap<String, Client> clients() {
        return clients;
    }

    List<Load> loads() {
        return loads;
    }

    /// Everything that became of queries so far, by server.
    Map<Load, List<Reply>> replies() {
        replies.forEach((load, kept) -> kept.addAll(load.taken()));
        return replies;
    }

    /// Forgets what was.
    void forget() {
        replies();
        replies.values().forEach(List::clear);
    }

    /// Whether the newest answer to a client of `region`, asked for after a moment, leads there.
    static boolean leads(Load load, String region, Instant since) {
        return load.latest(region)
                .filter(reply -> reply.sent().isAfter(since))
                .filter(reply -> reply.leadsTo(region))
                .isPresent();
    }

    /// Whether it leads elsewhere.
    static boolean leadsElsewhere(Load load, String region, Instant since) {
        return load.latest(region)
                .filter(reply -> reply.sent().isAfter(since))
                .filter(reply -> reply.kind() == Reply.Kind.ANSWERED && !reply.leadsTo(region))
                .isPresent();
    }

    /// Looks every few milliseconds.
    ///
    /// @return whether it came in time
    static boolean await(Duration limit, BooleanSupplier condition) throws InterruptedException {
        var patience = new Patience(limit);
        while (!condition.getAsBoolean()) {
            if (!patience.isLeft()) return false;
            Thread.sleep(LOOK);
        }
        return true;
    }

    @Override
    public void close() {
        loads.forEach(Load::close);
    }

    /// Time that runs out.
    private record Patience(long end) {

        Patience(Duration limit) {
            this(System.nanoTime() + limit.toNanos());
        }

        boolean isLeft() {
            return System.nanoTime() - end < 0;
        }
    }
}
