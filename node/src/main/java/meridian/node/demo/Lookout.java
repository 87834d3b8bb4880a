package meridian.node.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Asks name servers again and again until they say what is waited for, and measures how long that
/// took.
record Lookout(List<NameServer> servers) {

    /// A step that takes longer has failed.
    static final Duration LIMIT = Duration.ofSeconds(15);

    private static final long PAUSE_MILLIS = 5;

    NameServer server(Place place) {
        return servers.stream().filter(server -> server.place() == place).findFirst().orElseThrow();
    }

    List<NameServer> allBut(Place place) {
        return servers.stream().filter(server -> server.place() != place).toList();
    }

    SequencedMap<NameServer, Answer> askAll(Client client) throws IOException {
        var answers = new LinkedHashMap<NameServer, Answer>();
        for (NameServer server : servers) answers.put(server, server.ask(client));
        return answers;
    }

    /// @throws NotAsToldException if the answer leads elsewhere, or nowhere
    static void check(NameServer server, Client client, Answer answer, Place expected)
            throws NotAsToldException {
        if (answer.leadsTo(expected)) return;
        throw new NotAsToldException(
                "%s has for %s: %s; it was to have: %s"
                        .formatted(
                                server.place().node(),
                                client.continent(),
                                answer.told(),
                                Answer.of(expected).told()),
                server.place());
    }

    /// How long after `began` each server first sent the client to the place.
    ///
    /// @param began a reading of [System#nanoTime()]
    SequencedMap<NameServer, Duration> awaitMove(Client client, Place place, long began)
            throws NotAsToldException, IOException, InterruptedException {
        var moved = new LinkedHashMap<NameServer, Duration>();
        var waitedFor = new ArrayList<>(servers);
        while (true) {
            for (NameServer server : List.copyOf(waitedFor)) {
                Answer answer = server.ask(client);
                if (answer.leadsTo(place)) {
                    moved.put(server, since(began));
                    waitedFor.remove(server);
                } else {
                    refuseIfLate(server, client, answer, began);
                }
            }
            if (waitedFor.isEmpty()) return moved;
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /// What a server says first of all, once it says anything.
    static Answer awaitFirst(NameServer server, Client client, long began)
            throws NotAsToldException, IOException, InterruptedException {
        while (true) {
            Answer answer = server.ask(client);
            if (!(answer instanceof Answer.Silence)) return answer;
            refuseIfLate(server, client, answer, began);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static void refuseIfLate(NameServer server, Client client, Answer answer, long began)
            throws NotAsToldException {
        if (since(began).compareTo(LIMIT) < 0) return;
        throw new NotAsToldException(
                "after %d s %s still has for %s: %s"
                        .formatted(
                                LIMIT.toSeconds(),
                                server.place().node(),
                                client.continent(),
                                answer.told()),
                server.place());
    }
}
