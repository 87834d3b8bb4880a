package meridian.api;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// An API on a free loopback port over a fleet made by hand, and a client that talks with it.
final class Conversation implements AutoCloseable {

    final HandmadeFleet fleet = new HandmadeFleet();
    final List<Audit.Line> audit = Collections.synchronizedList(new ArrayList<>());
    private final HttpClient client = HttpClient.newHttpClient();
    private final ControlApi api;

    Conversation(Token... tokens) throws IOException {
        this(audit -> audit, tokens);
    }

    /// Wraps the audit log, to make it fail.
    @FunctionalInterface
    interface AuditWrapper {
        Audit wrapped(Audit audit);
    }

    Conversation(AuditWrapper wrapper, Token... tokens) throws IOException {
        var options =
                ApiOptions.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of(tokens));
        api =
                ControlApi.start(
                        options,
                        fleet,
                        wrapper.wrapped(audit::add),
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    int port() {
        return api.port();
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        return send(to(path, headers).GET());
    }

    HttpResponse<String> post(String path, String json, String... headers)
            throws IOException, InterruptedException {
        return send(
                to(path, headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    HttpResponse<String> delete(String path, String... headers)
            throws IOException, InterruptedException {
        return send(to(path, headers).DELETE());
    }

    HttpRequest.Builder to(String path, String... headers) {
        var builder =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                        .timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
        api.close();
    }
}
