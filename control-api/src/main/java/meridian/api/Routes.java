package meridian.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Every path of the API, in the order of a first look, with the role it needs. The contract
/// `openapi.yaml` has the same, and a test holds the two together.
final class Routes {

    private static final Optional<Role> OPEN = Optional.empty();
    private static final Optional<Role> VIEWER = Optional.of(Role.VIEWER);
    private static final Optional<Role> OPERATOR = Optional.of(Role.OPERATOR);

    private final List<Route> routes;

    /// What answers one method of one path.
    ///
    /// @param path with variable parts as `{id}`
    /// @param role empty: open to all
    record Route(String method, String path, Optional<Role> role, Handler handler) {

        boolean hasBody() {
            return method.equals("POST");
        }
    }

    /// From an admitted request to its reply; may wait.
    @FunctionalInterface
    interface Handler {
        /// Replies, or refuses.
        ///
        /// @throws Refusal for what is wrong with the request
        Reply reply(Request request);
    }

    Routes(
            Views views,
            Drains drains,
            IntentRoutes intents,
            Rollback rollback,
            FleetGauges gauges) {
        routes =
                List.of(
                        new Route("GET", "/", OPEN, this::index),
                        new Route("GET", "/v1/status", VIEWER, views::status),
                        new Route("GET", "/v1/regions", VIEWER, views::regions),
                        new Route("GET", "/v1/services", VIEWER, views::services),
                        new Route("GET", "/v1/health", VIEWER, views::health),
                        new Route("GET", "/v1/explain", VIEWER, views::explain),
                        new Route("GET", "/v1/drains", VIEWER, drains::list),
                        new Route("POST", "/v1/drains", OPERATOR, drains::begin),
                        new Route("DELETE", "/v1/drains", OPERATOR, drains::endByRegion),
                        new Route("DELETE", "/v1/drains/{id}", OPERATOR, drains::end),
                        new Route("GET", "/v1/intents", VIEWER, intents::list),
                        new Route("POST", "/v1/intents", OPERATOR, intents::begin),
                        new Route("DELETE", "/v1/intents/{id}", OPERATOR, intents::end),
                        new Route("POST", "/v1/rollback", OPERATOR, rollback::rollBack),
                        new Route("GET", "/v1/alarms", VIEWER, views::alarms),
                        new Route("GET", "/v1/turns", VIEWER, views::turns),
                        new Route("GET", "/v1/openapi.yaml", OPEN, _ -> contract()),
                        new Route("GET", "/livez", OPEN, views::alive),
                        new Route("GET", "/readyz", OPEN, views::ready),
                        new Route("GET", "/startupz", OPEN, views::started),
                        new Route("GET", "/metrics", VIEWER, gauges::scrape));
    }

    List<Route> all() {
        return routes;
    }

    /// The methods of a path, as the header Allow lists them.
    String allowed(String path) {
        var methods =
                routes.stream()
                        .filter(route -> route.path().equals(path))
                        .map(Route::method)
                        .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET")) methods.add("HEAD");
        return String.join(", ", methods);
    }

    private Reply index(Request request) {
        return Reply.text(
                200,
                routes.stream()
                        .map(route -> String.format("%-6s %s%n", route.method(), route.path()))
                        .collect(
                                Collectors.joining(
                                        "", "Meridian: see, explain, overrule.\n\n", "")));
    }

    private static Reply contract() {
        try (InputStream resource = Routes.class.getResourceAsStream("openapi.yaml")) {
            if (resource == null) throw new IllegalStateException("openapi.yaml is not packaged");
            return new Reply(
                    200,
                    "application/yaml",
                    new String(resource.readAllBytes(), StandardCharsets.UTF_8),
                    Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
