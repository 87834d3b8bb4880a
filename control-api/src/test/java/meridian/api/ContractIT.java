package meridian.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// Holds `openapi.yaml` and the code together.
class ContractIT {

    private static final String FREEZE = "{'kind':'freeze','for':'1h','reason':'black friday'}";
    private static final String CONFIRMATION =
            "{'kind':'confirmation','region':'eu-west','reason':'it is dead'}";
    private static final List<String> INTENTS =
            List.of(
                    FREEZE,
                    "{'kind':'retirement','vantage':'use1','reason':'gone'}",
                    CONFIRMATION,
                    "{'kind':'failback','region':'us-east','service':'shop','reason':'mended'}",
                    "{'kind':'pardon','address':'198.51.100.10','reason':'mended'}");

    private static final String TWO_HOURS = "{'region':'us-east','for':'2h','reason':'upgrade'}";

    private static Vertx vertx;
    private static OpenAPIContract contract;

    @BeforeAll
    static void read() throws IOException {
        vertx = Vertx.vertx();
        try (InputStream file = Routes.class.getResourceAsStream("openapi.yaml")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> contents = new Yaml().load(known(text));
            contract = OpenAPIContract.from(vertx, new JsonObject(contents)).await();
        }
    }

    /// The validator knows few media types; ours are written as those it would read them as.
    private static String known(String text) {
        return text.replace(Problem.CONTENT_TYPE, "application/json")
                .replace("application/yaml", "text/plain");
    }

    @AfterAll
    static void close() {
        vertx.close().await();
    }

    @Test
    void everyRouteIsInTheContractAndTheOtherWayRound() {
        var fleet = new HandmadeFleet();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var changes = new Changes(fleet, _ -> {});
        var routes =
                new Routes(
                        new Views(fleet),
                        new Drains(fleet, changes, () -> "id"),
                        new IntentRoutes(fleet, changes, () -> "id"),
                        new Rollback(fleet, changes),
                        new FleetGauges(fleet, registry));
        var coded =
                routes.all().stream()
                        .map(route -> route.method() + " " + route.path())
                        .collect(Collectors.toCollection(TreeSet::new));
        var written =
                contract.operations().stream()
                        .map(o -> o.getHttpMethod().name() + " " + o.getOpenAPIPath())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(coded).isEqualTo(written);
    }

    @Test
    void everyResponseIsAsTheContractSays() throws Exception {
        try (var api = new Conversation()) {
            HttpResponse<String> begun = api.post("/v1/drains", TWO_HOURS);
            check("drain", begun);
            check("status", api.get("/v1/status"));
            check("regions", api.get("/v1/regions"));
            check("services", api.get("/v1/services"));
            check("health", api.get("/v1/health"));
            check("alarms", api.get("/v1/alarms"));
            check("turns", api.get("/v1/turns?since=2026-11-22T11:00:00Z"));
            check("drains", api.get("/v1/drains"));
            check("explain", api.get("/v1/explain?name=shop.example.com"));
            api.fleet.letWait(HandmadeFleet.EU);
            check("explain", api.get("/v1/explain?name=shop.example.com"));
            check("undrain", api.delete(begun.headers().firstValue("Location").orElseThrow()));
            check("drains", api.get("/v1/drains"));
            api.fleet.fallBelowMinUp();
            for (String body : INTENTS) check("intend", api.post("/v1/intents", body));
            check("intents", api.get("/v1/intents"));
            HttpResponse<String> frozen = api.post("/v1/intents", FREEZE);
            check("endIntent", api.delete(frozen.headers().firstValue("Location").orElseThrow()));
            check("rollback", api.post("/v1/rollback", "{'reason':'it was better before'}"));
            api.post("/v1/drains", TWO_HOURS);
            check("undrainRegion", api.delete("/v1/drains?region=us-east"));
        }
    }

    @Test
    void everyProblemIsAsTheContractSays() throws Exception {
        try (var api = new Conversation()) {
            check("explain", api.get("/v1/explain?name=www.example.com"));
            check("explain", api.get("/v1/explain"));
            check("drain", api.post("/v1/drains", "{"));
            check("drain", api.post("/v1/drains", TWO_HOURS.replace("us-east", "eu-west")));
            check("undrain", api.delete("/v1/drains/none"));
            check("intend", api.post("/v1/intents", CONFIRMATION));
            check("turns", api.get("/v1/turns?since=noon"));
        }
    }

    private static void check(String operation, HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElseThrow();
        ResponseValidator.create(vertx, contract)
                .validate(
                        ValidatableResponse.create(
                                response.statusCode(), Buffer.buffer(response.body()), known(type)),
                        operation)
                .await();
    }
}
