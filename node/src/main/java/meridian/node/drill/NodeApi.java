package meridian.node.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The API of one node, as a program uses it.
record NodeApi(InetSocketAddress address, Optional<String> token) {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// A node beats once a second; whose report is older has missed a few.
    private static final double HEARD_SECONDS = 3;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    /// What turned on this node after a moment, oldest first.
    List<Turn> turns(Instant since) throws IOException, InterruptedException {
        var turns = new ArrayList<Turn>();
        for (JsonNode turn : get("/v1/turns?since=" + since).path("turns")) {
            turns.add(
                    new Turn(
                            Instant.parse(turn.path("at").asText()),
                            turn.path("what").asText(),
                            turn.path("address").asText(""),
                            turn.path("health").asText("")));
        }
        return turns;
    }

    /// The verdict of each address that is answered: up, down or unknown.
    Map<String, String> verdicts() throws IOException, InterruptedException {
        var verdicts = new TreeMap<String, String>();
        for (JsonNode endpoint : get("/v1/health").path("endpoints"))
            verdicts.put(endpoint.path("address").asText(), endpoint.path("verdict").asText());
        return verdicts;
    }

    /// What it holds of the fleet, and whom it hears.
    Agreement.View view() throws IOException, InterruptedException {
        var verdicts = new TreeMap<String, String>();
        var stamped = new TreeMap<String, String>();
        int heard = Integer.MAX_VALUE;
        int votes = Integer.MAX_VALUE;
        for (JsonNode endpoint : get("/v1/health").path("endpoints")) {
            String address = endpoint.path("address").asText();
            String verdict = endpoint.path("verdict").asText();
            verdicts.put(address, verdict);
            stamped.put(address, verdict + " " + endpoint.path("since").asText());
            int young = 0;
            int known = 0;
            for (JsonNode vote : endpoint.path("votes")) {
                if (vote.path("age_seconds").asDouble(Double.MAX_VALUE) <= HEARD_SECONDS) young++;
                if (!vote.path("health").asText().equals("unknown")) known++;
            }
            heard = Math.min(heard, young);
            votes = Math.min(votes, known);
        }
        var held = new Agreement.Held(stamped, intents(), answered());
        return new Agreement.View(held, verdicts, heard, votes);
    }

    private Map<String, Boolean> intents() throws IOException, InterruptedException {
        var intents = new TreeMap<String, Boolean>();
        JsonNode lists = get("/v1/intents");
        for (String list : List.of("standing", "ended"))
            for (JsonNode intent : lists.path(list))
                intents.put(intent.path("id").asText(), intent.path("standing").asBoolean());
        return intents;
    }

    private Map<String, List<String>> answered() throws IOException, InterruptedException {
        var answered = new TreeMap<String, List<String>>();
        for (JsonNode service : get("/v1/services").path("services")) {
            var regions = new ArrayList<String>();
            service.path("serving_regions").forEach(region -> regions.add(region.asText()));
            for (JsonNode pool : service.path("pools"))
                for (JsonNode condition : pool.path("conditions"))
                    regions.add(pool.path("region").asText() + ": " + condition.path("condition"));
            answered.put(service.path("id").asText(), regions);
        }
        return answered;
    }

    /// Asks for a drain of two hours, and says with which status that was answered.
    int drain(String region, String reason) throws IOException, InterruptedException {
        String wish =
                JSON.writeValueAsString(Map.of("region", region, "for", "2h", "reason", reason));
        return send(request("/v1/drains").POST(BodyPublishers.ofString(wish))).statusCode();
    }

    /// Ends it, and says with which status that was answered.
    int undrain(String region) throws IOException, InterruptedException {
        return send(request("/v1/drains?region=" + region).DELETE()).statusCode();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path).GET());
        if (response.statusCode() == 200) return JSON.readTree(response.body());
        throw new IOException(
                "GET "
                        + path
                        + " was answered with "
                        + response.statusCode()
                        + ": "
                        + response.body());
    }

    private HttpRequest.Builder request(String path) {
        String host = address.getAddress().getHostAddress();
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://" + host + ":" + address.getPort() + path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
