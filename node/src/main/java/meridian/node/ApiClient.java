package meridian.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Asks a running node by its API, for the command line.
final class ApiClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI api;
    private final Optional<String> token;

    ApiClient(URI api, Optional<String> token) {
        this.api = api;
        this.token = token;
    }

    /// The API refused, or nobody answered; the message is for the one who typed.
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        FailedException(String message) {
            super(message);
        }
    }

    JsonNode get(String path, Map<String, String> query) throws FailedException {
        return json(send("GET", path, query, BodyPublishers.noBody(), "application/json"));
    }

    String text(String path, Map<String, String> query) throws FailedException {
        return send("GET", path, query, BodyPublishers.noBody(), "text/plain").body();
    }

    JsonNode post(String path, Map<String, Object> body) throws FailedException {
        try {
            return json(
                    send(
                            "POST",
                            path,
                            Map.of(),
                            BodyPublishers.ofString(JSON.writeValueAsString(body)),
                            "application/json"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonNode delete(String path, Map<String, String> query) throws FailedException {
        return json(send("DELETE", path, query, BodyPublishers.noBody(), "application/json"));
    }

    private HttpResponse<String> send(
            String method,
            String path,
            Map<String, String> query,
            BodyPublisher body,
            String accept)
            throws FailedException {
        var request =
                HttpRequest.newBuilder(api.resolve(path + encoded(query)))
                        .timeout(TIMEOUT)
                        .header("Accept", accept)
                        .header("Content-Type", "application/json")
                        .method(method, body);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try (var client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() / 100 == 2) return response;
            throw new FailedException(problem(response));
        } catch (ConnectException _) {
            throw new FailedException(
                    "no node answers at "
                            + api
                            + "; is it running? --api or MERIDIAN_API says where");
        } catch (IOException e) {
            throw new FailedException("asking " + api + " failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        }
    }

    /// RFC 9457: what is wrong, for people, is in `detail`.
    private static String problem(HttpResponse<String> response) {
        try {
            JsonNode problem = JSON.readTree(response.body());
            String detail = problem.path("detail").asText(problem.path("title").asText(""));
            if (!detail.isEmpty()) return detail;
        } catch (JsonProcessingException _) {
            // not a problem body: the status must do
        }
        return "the API answered with status " + response.statusCode();
    }

    private static JsonNode json(HttpResponse<String> response) throws FailedException {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new FailedException(
                    "the API answered with something that is not JSON: " + e.getOriginalMessage());
        }
    }

    private static String encoded(Map<String, String> query) {
        if (query.isEmpty()) return "";
        return query.entrySet().stream()
                .map(
                        entry ->
                                entry.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
