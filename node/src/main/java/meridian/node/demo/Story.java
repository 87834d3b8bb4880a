package meridian.node.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;

/// What the demo tells, step by step. Whatever it says it has seen: in answers to queries, or on a
/// page of the API.
final class Story {

    private static final Duration LONG_ENOUGH_TO_NOTICE = Duration.ofSeconds(3);

    private static final Duration UNTIL_THE_KILL = Duration.ofSeconds(1);
    private static final Duration DEAD_FOR = Duration.ofSeconds(1);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'");

    private final DemoFleet fleet;
    private final Screen screen;
    private final Lookout lookout;
    private final Steps steps;
    private boolean runs;

    Story(DemoFleet fleet, Screen screen) {
        this.fleet = fleet;
        this.screen = screen;
        this.lookout = new Lookout(fleet.nameServers());
        this.steps = new Steps(fleet, screen);
    }

    /// Whether every step came out as told.
    boolean tell() throws InterruptedException {
        steps.take("Three nodes start, each with all roles: dns, checker, api", this::nodesStart);
        if (!steps.allAsTold()) return false;
        runs = true;
        steps.take("Clients of three continents get the region nearest to them", this::allIsWell);
        steps.take("The web servers of eu-west are killed", this::regionDies);
        steps.take("The web servers of eu-west are started again", this::regionReturns);
        steps.take("An operator drains us-east", this::operatorDrains);
        steps.take("The vantage ap-south-1 loses its network", this::vantageLosesItsNetwork);
        steps.take("The node us-east-1 is killed, and comes back", this::nodeDiesAndReturns);
        steps.sumUp();
        return steps.allAsTold();
    }

    /// Whether there is a fleet to look at.
    boolean runs() {
        return runs;
    }

    /// What to type while the fleet is up.
    void whatNext() {
        NameServer server = lookout.servers().getFirst();
        String at = "dig @127.0.0.1 -p " + server.address().getPort() + " shop.example.test";
        String api = " --api " + fleet.api(server.place()).url();
        screen.title("It runs on until Ctrl-C. In another terminal, try:");
        for (Client client : Client.values())
            screen.literally(
                    at + " +subnet=" + client.subnet() + "   # from " + client.continent());
        screen.literally("./meridian status" + api);
        screen.literally(
                "./meridian explain shop.example.test --from " + Client.EUROPE.subnet() + api);
        screen.literally("./meridian drain eu-west --for 10m --reason \"to see it empty\"" + api);
        screen.literally("curl " + fleet.api(server.place()).url() + "/v1/status");
    }

    private void nodesStart() throws NotAsToldException, IOException, InterruptedException {
        long began = System.nanoTime();
        for (Place place : Place.values()) fleet.start(place);
        for (Place place : Place.values()) screen.literally(fleet.described(place));
        screen.literally("files       " + fleet.folder().path() + " (gone at the end)");
        for (Place place : Place.values()) new HealthPage(fleet, place).awaitAllUp();
        screen.good(
                "Each hears the others and has all "
                        + HealthPage.ENDPOINTS
                        + " endpoints up, "
                        + Screen.seconds(Lookout.since(began))
                        + " after the start");
    }

    private void allIsWell() throws NotAsToldException, IOException {
        screen.say(
                "Each name server is asked for shop.example.test, with the client's network (ECS).");
        show(nearest());
    }

    private void regionDies() throws NotAsToldException, IOException, InterruptedException {
        screen.say("Each vantage sees it by its own probes; two of three who say so are a quorum.");
        killRegion();
        show(nearestBut(Client.EUROPE, Place.US_EAST));
    }

    private void killRegion() throws NotAsToldException, IOException, InterruptedException {
        long began = System.nanoTime();
        fleet.stopBackends(Place.EU_WEST);
        awaitMove(Client.EUROPE, Place.US_EAST, began, "after the kill");
    }

    private void regionReturns() throws NotAsToldException, IOException, InterruptedException {
        long began = System.nanoTime();
        fleet.restartBackends(Place.EU_WEST);
        awaitMove(Client.EUROPE, Place.EU_WEST, began, "after the start");
        show(nearest());
    }

    private void operatorDrains() throws NotAsToldException, IOException, InterruptedException {
        Api api = fleet.api(Place.EU_WEST);
        String wish = "{\"region\":\"us-east\", \"for\":\"30m\", \"reason\":\"kernel upgrade\"}";
        screen.literally("POST " + api.url() + "/v1/drains " + wish);
        long began = System.nanoTime();
        JsonNode begun = api.post("/v1/drains", wish);
        awaitMove(Client.AMERICA, Place.EU_WEST, began, "after the request");
        tellOf(begun);
        show(nearestBut(Client.AMERICA, Place.EU_WEST));
        operatorUndrains(api);
    }

    private void tellOf(JsonNode begun) {
        JsonNode drain = begun.path("drain");
        var holders = new ArrayList<String>();
        begun.path("held_by").forEach(node -> holders.add(node.asText()));
        screen.say(
                "Who: %s. Why: %s. Until: %s. Resolvers' caches are empty by %s. On the disks of: %s."
                        .formatted(
                                drain.path("owner").asText(),
                                drain.path("reason").asText(),
                                clock(drain.path("until")),
                                clock(begun.path("caches_empty_at")),
                                String.join(", ", holders)));
    }

    private void operatorUndrains(Api api)
            throws NotAsToldException, IOException, InterruptedException {
        String path = "/v1/drains?region=us-east";
        screen.literally("DELETE " + api.url() + path);
        long began = System.nanoTime();
        api.delete(path);
        awaitMove(Client.AMERICA, Place.US_EAST, began, "after the request");
    }

    private void vantageLosesItsNetwork()
            throws NotAsToldException, IOException, InterruptedException {
        var page = new HealthPage(fleet, Place.US_EAST);
        try (var steady = Steady.begin(lookout.servers(), nearest())) {
            fleet.cutNetwork(Place.AP_SOUTH);
            Votes votes = page.awaitVotes(Place.AP_SOUTH, "down");
            screen.say("All its relays are closed. " + votes + ".");
            Thread.sleep(LONG_ENOUGH_TO_NOTICE);
            int answers = steady.end();
            screen.good(
                    "Nothing moves: one of three is no quorum. "
                            + answers
                            + " answers meanwhile, each as before");
        } finally {
            fleet.restoreNetwork(Place.AP_SOUTH);
        }
        show(nearest());
        screen.say("Its relays are opened again. " + page.awaitVotes(Place.AP_SOUTH, "up") + ".");
    }

    private void nodeDiesAndReturns() throws NotAsToldException, IOException, InterruptedException {
        screen.say("First the web servers of eu-west are killed again: something to remember.");
        killRegion();
        try (var steady =
                Steady.begin(
                        lookout.allBut(Place.US_EAST), nearestBut(Client.EUROPE, Place.US_EAST))) {
            Thread.sleep(UNTIL_THE_KILL);
            fleet.kill(Place.US_EAST);
            screen.say("A second later us-east-1 gets SIGKILL.");
            Thread.sleep(DEAD_FOR);
            show(nearestBut(Client.EUROPE, Place.US_EAST), Set.of(Place.US_EAST));
            nodeReturns();
            screen.good(
                    "The other two gave %d answers meanwhile, each as it should be"
                            .formatted(steady.end()));
        }
        screen.say("The web servers of eu-west are started again.");
        regionReturns();
    }

    private void nodeReturns() throws NotAsToldException, IOException, InterruptedException {
        NameServer server = lookout.server(Place.US_EAST);
        long began = System.nanoTime();
        fleet.start(Place.US_EAST);
        Answer first = Lookout.awaitFirst(server, Client.EUROPE, began);
        Duration after = Lookout.since(began);
        String told =
                "its first answer, %s after the start of its process, to Europe: %s"
                        .formatted(Screen.seconds(after), first.told());
        if (!first.leadsTo(Place.US_EAST))
            throw new NotAsToldException(
                    told + "; it was to remember that eu-west is down", Place.US_EAST);
        screen.good("us-east-1 is started again; " + told);
        screen.say(
                "It remembers. Without its memory, it would send Europe to eu-west until it hears of"
                        + " what died.");
    }

    private void awaitMove(Client client, Place place, long began, String since)
            throws NotAsToldException, IOException, InterruptedException {
        screen.moved(client, place, lookout.awaitMove(client, place, began), since);
    }

    private void show(Map<Client, Place> expected) throws NotAsToldException, IOException {
        show(expected, Set.of());
    }

    /// Asks every name server for every client, and shows what they say.
    ///
    /// @param dead the nodes that are to say nothing
    private void show(Map<Client, Place> expected, Set<Place> dead)
            throws NotAsToldException, IOException {
        var seen = new LinkedHashMap<Client, SequencedMap<NameServer, Answer>>();
        for (Client client : expected.keySet()) seen.put(client, lookout.askAll(client));
        screen.answers(seen);
        for (Map.Entry<Client, Place> each : expected.entrySet())
            for (var said : Objects.requireNonNull(seen.get(each.getKey())).entrySet())
                check(said.getKey(), each.getKey(), said.getValue(), each.getValue(), dead);
    }

    private static void check(
            NameServer server, Client client, Answer answer, Place expected, Set<Place> dead)
            throws NotAsToldException {
        if (!dead.contains(server.place())) Lookout.check(server, client, answer, expected);
        else if (!(answer instanceof Answer.Silence))
            throw new NotAsToldException(
                    server.place().node() + " is dead, and answers: " + answer.told());
    }

    private static Map<Client, Place> nearest() {
        var nearest = new EnumMap<Client, Place>(Client.class);
        for (Client client : Client.values()) nearest.put(client, client.nearest());
        return nearest;
    }

    private static Map<Client, Place> nearestBut(Client client, Place place) {
        Map<Client, Place> expected = nearest();
        expected.put(client, place);
        return expected;
    }

    private static String clock(JsonNode moment) {
        return CLOCK.format(
                OffsetDateTime.parse(moment.asText()).withOffsetSameInstant(ZoneOffset.UTC));
    }
}
