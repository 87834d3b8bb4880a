package meridian.node.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Asks name servers for every client all the while, and holds each answer against what it should
/// be.
final class Steady implements AutoCloseable {

    private static final long PAUSE_MILLIS = 10;

    private final List<NameServer> servers;
    private final Map<Client, Place> expected;
    private final CompletableFuture<Integer> counted = new CompletableFuture<>();
    private volatile boolean ending;

    private Steady(List<NameServer> servers, Map<Client, Place> expected) {
        this.servers = List.copyOf(servers);
        this.expected = Map.copyOf(expected);
    }

    static Steady begin(List<NameServer> servers, Map<Client, Place> expected) {
        var steady = new Steady(servers, expected);
        Thread.ofVirtual().name("steady").start(steady::askOn);
        return steady;
    }

    /// How many answers there were, and all as expected.
    ///
    /// @throws NotAsToldException with the first that was not
    int end() throws NotAsToldException, IOException, InterruptedException {
        ending = true;
        try {
            return counted.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case NotAsToldException told -> throw told;
                case IOException failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        ending = true;
    }

    private void askOn() {
        try {
            int answers = 0;
            while (!ending) {
                answers += askAll();
                Thread.sleep(PAUSE_MILLIS);
            }
            counted.complete(answers);
        } catch (NotAsToldException | IOException | InterruptedException | RuntimeException e) {
            counted.completeExceptionally(e);
        }
    }

    private int askAll() throws NotAsToldException, IOException {
        for (NameServer server : servers)
            for (Map.Entry<Client, Place> each : expected.entrySet())
                Lookout.check(server, each.getKey(), server.ask(each.getKey()), each.getValue());
        return servers.size() * expected.size();
    }
}
