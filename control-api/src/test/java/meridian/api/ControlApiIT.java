package meridian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlApiIT {

    private static final String TWO_HOURS = "{'region':'us-east','for':'2h','reason':'upgrade'}";

    private Conversation api;

    @BeforeEach
    void start() throws IOException {
        api = new Conversation();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theStatusShowsTheFleetAtAGlance() throws Exception {
        api.fleet.failReload("meridian.conf:7: there is no region \"mars\"");
        assertThat(api.get("/v1/status").body())
                .contains("\"node\" : \"use1\"")
                .contains("last reload failed: meridian.conf:7: there is no region")
                .contains("\"note\" : \"2 of 2 vantages decide\"")
                .contains("\"age_seconds\" : 0.25")
                .contains("\"serving_regions\" : [ \"us-east\", \"eu-west\" ]");
    }

    @Test
    void healthShowsTheVotesBehindAVerdict() throws Exception {
        assertThat(api.get("/v1/health").body())
                .contains("\"services\" : [ \"shop\", \"blog\" ]")
                .contains("\"verdict\" : \"up\"")
                .contains("\"reason\" : \"refused\"")
                .contains("\"age_seconds\" : 0.4");
    }

    @Test
    void aDrainStandsUntilItIsEnded() throws Exception {
        HttpResponse<String> begun = api.post("/v1/drains", TWO_HOURS);
        assertThat(begun.statusCode()).isEqualTo(201);
        assertThat(begun.body())
                .contains("\"owner\" : \"local\"")
                .contains("\"until\" : \"2026-11-22T14:00:00Z\"")
                .contains("\"caches_empty_at\" : \"2026-11-22T12:00:20Z\"")
                .contains("\"held_by\" : [ \"use1\", \"euw1\" ]");
        assertThat(api.get("/v1/services").body()).contains("\"drained\" : true");
        String location = begun.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> ended = api.delete(location);
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(ended.body()).contains("\"ended_by\" : \"local\"");
        assertThat(api.get("/v1/drains").body()).contains("\"standing\" : [ ]");
        assertThat(api.delete(location).statusCode()).isEqualTo(404);
    }

    @Test
    void aDrainIsEndedByItsRegionToo() throws Exception {
        api.post("/v1/drains", TWO_HOURS);
        assertThat(api.delete("/v1/drains?region=us-east&service=shop").body())
                .contains("no drain of region us-east of service shop stands");
        assertThat(api.delete("/v1/drains?region=us-east").statusCode()).isEqualTo(200);
        assertThat(api.delete("/v1/drains").body()).contains("\"field\" : \"region\"");
    }

    @Test
    void whatIsCoveredAlreadyMayBeDrainedAgain() throws Exception {
        api.post("/v1/drains", TWO_HOURS);
        assertThat(api.post("/v1/drains", TWO_HOURS).statusCode()).isEqualTo(201);
    }

    @Test
    void theGuardRefusesWithNumbersUnlessItIsForced() throws Exception {
        HttpResponse<String> refused =
                api.post("/v1/drains", TWO_HOURS.replace("us-east", "eu-west"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type")).contains(Problem.CONTENT_TYPE);
        assertThat(refused.body())
                .contains("/problems/guard")
                .contains("service blog would keep 0 of its regions for A; keep-regions is 1")
                .contains("service blog would keep 0% of its capacity for A; keep-capacity is 50%")
                .contains("\"limit\" : \"keep-regions\"")
                .contains("\"would\" : 0")
                .contains("\"allowed\" : 1");
        HttpResponse<String> forced =
                api.post(
                        "/v1/drains",
                        "{'region':'eu-west','until_removed':true,'reason':'fire','force':true}");
        assertThat(forced.statusCode()).isEqualTo(201);
        assertThat(forced.body()).contains("\"forced\" : true");
        assertThat(api.audit)
                .extracting(Audit.Line::outcome)
                .containsExactly("refused by the guard", "forced");
    }

    @Test
    void onlyWhatTheGuardHoldsCanBeConfirmed() throws Exception {
        HttpResponse<String> early = confirm("'region':'eu-west','service':'blog'");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.headers().firstValue("Content-Type")).contains(Problem.CONTENT_TYPE);
        assertThat(early.body())
                .contains("/problems/conflict")
                .contains("the guard does not hold region eu-west of service blog, so there is")
                .contains("nothing to confirm; it holds nothing\"");
        api.fleet.fallBelowMinUp();
        assertThat(confirm("'region':'us-east'").body())
                .contains("the guard does not hold region us-east, so")
                .contains("it holds region eu-west of service blog\"");
        assertThat(confirm("'region':'eu-west','service':'shop'").statusCode()).isEqualTo(409);
        assertThat(api.get("/v1/intents").body()).contains("\"standing\" : [ ]");
        assertThat(confirm("'region':'eu-west'").statusCode()).isEqualTo(201);
        assertThat(confirm("'region':'eu-west','service':'blog'").body())
                .contains("it holds nothing");
    }

    private HttpResponse<String> confirm(String what) throws Exception {
        return api.post("/v1/intents", "{'kind':'confirmation'," + what + ",'reason':'on fire'}");
    }

    @Test
    void whatTheDiskDoesNotKeepIsNotDone() throws Exception {
        api.fleet.breakDisk("no space left on device");
        HttpResponse<String> failed = api.post("/v1/drains", TWO_HOURS);
        assertThat(failed.statusCode()).isEqualTo(507);
        assertThat(failed.body()).contains("nothing has changed").contains("no space left");
        assertThat(api.audit)
                .extracting(Audit.Line::outcome)
                .containsExactly("accepted", "failed: no space left on device");
    }

    @Test
    void whatCannotBeAuditedIsNotDone() throws Exception {
        Conversation.AuditWrapper failing =
                _ ->
                        _ -> {
                            throw new IOException("read-only file system");
                        };
        try (var other = new Conversation(failing)) {
            HttpResponse<String> failed = other.post("/v1/drains", TWO_HOURS);
            assertThat(failed.statusCode()).isEqualTo(507);
            assertThat(failed.body()).contains("could not be written to the audit log");
            assertThat(other.get("/v1/drains").body()).contains("\"standing\" : [ ]");
        }
    }

    @Test
    void anExplanationIsJsonOrText() throws Exception {
        String path = "/v1/explain?name=shop.example.com&from=192.0.2.0/24";
        assertThat(api.get(path).body()).contains("\"answer\" : [ \"198.51.100.10\" ]");
        assertThat(api.get(path, "Accept", "text/plain").body())
                .startsWith(
                        "shop.example.com. A for 192.0.2.0/24\n  answer   198.51.100.10 in us-east\n")
                .contains("euw1 up 0.4s ago");
    }

    @Test
    void anExplanationTellsTheCommandsThatLetBackWhatIsKeptOut() throws Exception {
        String path = "/v1/explain?name=shop.example.com&from=192.0.2.0/24";
        assertThat(api.get(path).body()).contains("\"hints\" : [ ]");
        api.fleet.letWait(HandmadeFleet.EU);
        api.fleet.holdOut();
        assertThat(api.get(path).body()).contains("\"held_out_seconds\" : 40");
        assertThat(api.get(path, "Accept", "text/plain").body())
                .contains("rejected: waits for a failback")
                .endsWith(
                        """

                        ./meridian failback eu-west --service shop lets clients come back to it
                        ./meridian pardon 192.0.2.10 lets it back at once, and not in 40 s
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v1/explain | 400 | name | the parameter name is missing
                    /v1/explain?name=a..b | 400 | name | has an empty label
                    /v1/explain?name=a&name=b | 400 | name | given twice
                    /v1/explain?name=a&type=TXT | 400 | type | A, AAAA, CNAME, MX, SRV, SVCB and HTTPS are
                    /v1/explain?name=a&from=here | 400 | from | is no address
                    /v1/explain?name=a&from=fe80::1%25eth0 | 400 | from | is no address
                    /v1/explain?name=a&form=1.2.3.4 | 400 | form | from, name, type is accepted
                    /v1/explain?name=www.example.com | 404 | '' | the zone example.com has TXT there
                    /v1/status?verbose=1 | 400 | verbose | none is accepted
                    /v1/nothing | 404 | '' | there is no path /v1/nothing
                    """)
    void aBadQueryIsToldWhatIsAccepted(String path, int status, String field, String detail)
            throws Exception {
        HttpResponse<String> response = api.get(path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains(Problem.CONTENT_TYPE);
        assertThat(response.body()).contains(detail);
        if (!field.isEmpty()) assertThat(response.body()).contains("\"field\" : \"" + field + "\"");
    }

    @Test
    void aBadBodyIsToldWhere() throws Exception {
        assertThat(api.post("/v1/drains", "{'region':").body()).contains("line 1, column");
        assertThat(api.post("/v1/drains", "[]").body()).contains("the body is not a JSON object");
        assertThat(api.post("/v1/drains", "{'region':'a','region':'b'}").body())
                .contains("Duplicate field 'region'", "\"field\" : \"region\"");
        assertThat(api.post("/v1/drains", "{").body())
                .contains("the body is not JSON: line 1, column ", ": it ends too early")
                .doesNotContain("Source");
        assertThat(api.post("/v1/drains", "").statusCode()).isEqualTo(400);
        assertThat(api.post("/v1/drains", "[".repeat(2_000)).body())
                .contains("the body is not JSON: ", "nesting depth");
        assertThat(api.post("/v1/drains", "{'reigon':'a'}").body())
                .contains("\"field\" : \"reigon\"");
    }

    @Test
    void aBodyTooLargeIsRefusedEvenWhenItsLengthIsNotTold() throws Exception {
        String large = "{'reason':'" + "x".repeat(Front.MAX_BODY) + "'}";
        assertThat(api.post("/v1/drains", large).statusCode()).isEqualTo(413);
        var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofString(large));
        assertThat(
                        api.send(
                                        api.to("/v1/drains", "Content-Type", "application/json")
                                                .POST(chunked))
                                .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() throws Exception {
        HttpResponse<String> response =
                api.send(
                        api.to("/v1/drains", "Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("application/json is accepted");
    }

    @Test
    void anotherMethodIsToldWhichThereAre() throws Exception {
        HttpResponse<String> response = api.delete("/v1/status");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        HttpResponse<String> response = api.send(api.to("/v1/status").HEAD());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aHeaderTooLargeIsRefused() throws Exception {
        HttpResponse<String> response = api.get("/livez", "X-Large", "x".repeat(20_000));
        assertThat(response.statusCode()).isEqualTo(431);
    }

    @Test
    void whatIsNotHttpIsAnswered() throws Exception {
        assertThat(raw("HELLO\r\n\r\n")).startsWith("HTTP/1.0 400");
    }

    @Test
    void aNameReboundToLoopbackIsRefused() throws Exception {
        assertThat(
                        raw(
                                "GET /v1/status HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("the Host header says");
    }

    @Test
    void anotherSitesPageMayNotDrain() throws Exception {
        HttpResponse<String> response =
                api.post("/v1/drains", TWO_HOURS, "Origin", "http://evil.example");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(api.audit).isEmpty();
    }

    @Test
    void readinessSaysWhatIsMissing() throws Exception {
        api.fleet.become(new Fleet.Readiness(true, false, false));
        assertThat(api.get("/livez").statusCode()).isEqualTo(200);
        assertThat(api.get("/startupz").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = api.get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body())
                .isEqualTo("no DNS listener is open yet\nno snapshot is built yet\n");
    }

    @Test
    void metricsHaveEachEndpointAndForgetEndedDrains() throws Exception {
        String serving = "meridian_service_region_serving{region=\"us-east\",service=\"shop\"} ";
        assertThat(api.get("/metrics").body()).contains(serving + 1);
        api.post("/v1/drains", TWO_HOURS);
        assertThat(api.get("/metrics").body())
                .contains(serving + 0)
                .contains("meridian_endpoint_votes{endpoint=\"192.0.2.10\",health=\"down\"")
                .contains("meridian_peer_age_seconds{node=\"euw1\"} 0.25")
                .contains("meridian_drain_standing{");
        api.delete("/v1/drains?region=us-east");
        assertThat(api.get("/metrics").body()).doesNotContain("meridian_drain_standing{");
    }

    @Test
    void withTokensEachPathNeedsItsRole() throws Exception {
        var viewer = new Token("bob", Role.VIEWER, Token.hashOf("see"));
        var operator = new Token("ada", Role.OPERATOR, Token.hashOf("act"));
        try (var guarded = new Conversation(viewer, operator)) {
            HttpResponse<String> nobody = guarded.get("/v1/status");
            assertThat(nobody.statusCode()).isEqualTo(401);
            assertThat(nobody.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(guarded.get("/metrics").statusCode()).isEqualTo(401);
            assertThat(guarded.get("/livez").statusCode()).isEqualTo(200);
            String[] see = {"Authorization", "Bearer see"};
            assertThat(guarded.get("/v1/status", see).statusCode()).isEqualTo(200);
            assertThat(guarded.post("/v1/drains", TWO_HOURS, see).body())
                    .contains("this needs the role operator");
            assertThat(guarded.post("/v1/drains", TWO_HOURS, "Authorization", "Bearer act").body())
                    .contains("\"owner\" : \"ada\"");
        }
    }

    @Test
    void aPortThatIsTakenIsToldAtTheStart() {
        var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port());
        assertThatThrownBy(
                        () ->
                                ControlApi.start(
                                        ApiOptions.of(taken, List.of()),
                                        api.fleet,
                                        api.audit::add,
                                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the API cannot listen on 127.0.0.1 port " + api.port());
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
