package meridian.api;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Between Vert.x and the routes: admits, reads, hands over to a virtual thread, replies. Whatever
/// goes wrong anywhere becomes a problem here.
final class Front {

    static final int MAX_BODY = 64 * 1024;
    static final int MAX_CONNECTIONS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final String CALLER = "caller";

    private final Vertx vertx;
    private final Routes routes;
    private final Access access;
    private final long timeoutMillis;
    private final ExecutorService waiting;
    private int connections;

    Front(Vertx vertx, Routes routes, ApiOptions options, ExecutorService waiting) {
        this.vertx = vertx;
        this.routes = routes;
        this.access = new Access(options.tokens());
        this.timeoutMillis = options.timeout().toMillis();
        this.waiting = waiting;
    }

    Router router() {
        Router router = Router.router(vertx);
        router.route().handler(TimeoutHandler.create(timeoutMillis, 503));
        routes.all().forEach(route -> add(route, router));
        for (int status : List.of(400, 404, 405, 408, 413, 415, 500, 503)) {
            router.errorHandler(status, this::fail);
        }
        return router;
    }

    /// Counts a connection; closes it at once where there are too many. Only called by the one
    /// event loop.
    void count(HttpConnection connection) {
        connections++;
        connection.closeHandler(_ -> connections--);
        if (connections > MAX_CONNECTIONS) connection.close();
    }

    /// What is not HTTP, or has too much of a header.
    static void refuseInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Problem problem =
                switch (cause) {
                    case TooLongHttpLineException _ ->
                            Problem.of(414, "a request line of up to 4096 octets is accepted");
                    case TooLongHttpHeaderException _ ->
                            Problem.of(431, "headers of up to 16384 octets in all are accepted");
                    case null, default -> Problem.of(400, "this is not HTTP: " + cause);
                };
        send(request.response().putHeader(HttpHeaders.CONNECTION, "close"), Reply.problem(problem));
        request.connection().close();
    }

    /// A step each, since Vert.x wants a body read before other handlers of the same step, and we
    /// read none before its sender is admitted.
    private void add(Routes.Route route, Router router) {
        step(route, router, context -> admit(route, context));
        if (route.hasBody()) {
            step(route, router, Front::refuseOtherTypes);
            step(route, router, BodyHandler.create(false).setBodyLimit(MAX_BODY));
        }
        step(route, router, context -> handOver(route, context));
    }

    private static void step(Routes.Route route, Router router, Handler<RoutingContext> handler) {
        String path = route.path().replace("{id}", ":id");
        Route step = router.route(HttpMethod.valueOf(route.method()), path).handler(handler);
        if (route.method().equals("GET")) step.method(HttpMethod.HEAD);
    }

    private void admit(Routes.Route route, RoutingContext context) {
        try {
            Caller caller =
                    access.admit(credentials(context.request(), route.method()), route.role());
            context.put(CALLER, caller);
        } catch (Refusal refusal) {
            send(context.response(), refusal.reply());
            return;
        }
        context.next();
    }

    private static Access.Credentials credentials(HttpServerRequest request, String method) {
        return new Access.Credentials(
                InetAddress.ofLiteral(request.remoteAddress().hostAddress()),
                Optional.ofNullable(request.getHeader(HttpHeaders.HOST)),
                Optional.ofNullable(request.getHeader("Origin")),
                Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)),
                !method.equals("GET"));
    }

    private static void refuseOtherTypes(RoutingContext context) {
        String type = Optional.ofNullable(context.request().getHeader("Content-Type")).orElse("");
        if (type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            context.next();
            return;
        }
        send(
                context.response(),
                Reply.problem(
                        Problem.of(
                                415,
                                "the body's type is \""
                                        + type
                                        + "\"; application/json is accepted")));
    }

    private void handOver(Routes.Route route, RoutingContext context) {
        Request request = request(context);
        try {
            waiting.execute(() -> answer(route, request, context));
        } catch (RejectedExecutionException _) {
            send(context.response(), Reply.problem(Problem.of(503, "this node is stopping")));
        }
    }

    private void answer(Routes.Route route, Request request, RoutingContext context) {
        Reply reply = reply(route, request);
        context.vertx().runOnContext(_ -> send(context.response(), reply));
    }

    private static Reply reply(Routes.Route route, Request request) {
        try {
            return route.handler().reply(request);
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", route.method(), route.path(), e);
            return Reply.problem(defect());
        }
    }

    private static Request request(RoutingContext context) {
        Buffer body = context.body().buffer();
        return new Request(
                context.get(CALLER),
                context.pathParams(),
                context.queryParams().names().stream()
                        .collect(
                                Collectors.toMap(
                                        name -> name, name -> context.queryParams().getAll(name))),
                wantsText(context.request().getHeader(HttpHeaders.ACCEPT)),
                body == null ? "" : body.toString(StandardCharsets.UTF_8));
    }

    private static boolean wantsText(@Nullable String accept) {
        if (accept == null || accept.contains("json")) return false;
        return accept.contains("text/plain");
    }

    private void fail(RoutingContext context) {
        if (context.failure() != null && context.statusCode() == 500)
            LOG.error(
                    "{} {} failed",
                    context.request().method(),
                    context.request().path(),
                    context.failure());
        Reply reply = Reply.problem(problem(context));
        send(
                context.response(),
                context.statusCode() == 405
                        ? reply.with("Allow", routes.allowed(template(context)))
                        : reply);
    }

    private Problem problem(RoutingContext context) {
        int status = context.statusCode();
        return switch (status) {
            case 404 ->
                    Problem.of(
                            404, "there is no path " + context.request().path() + "; / lists them");
            case 405 ->
                    Problem.of(
                            405,
                            context.request().path() + " has " + routes.allowed(template(context)));
            case 413 -> Problem.of(413, "the body has more than " + MAX_BODY + " octets");
            case 503 -> Problem.of(503, "this took longer than " + timeoutMillis + " ms");
            case 500 -> defect();
            default -> Problem.of(status, "the request is not understood");
        };
    }

    private static String template(RoutingContext context) {
        String path = context.request().path();
        return path.startsWith("/v1/drains/") ? "/v1/drains/{id}" : path;
    }

    private static Problem defect() {
        return Problem.of(500, "this is a defect of Meridian; the log of this node says more");
    }

    private static void send(HttpServerResponse response, Reply reply) {
        if (response.ended() || response.closed()) return;
        response.setStatusCode(reply.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, reply.contentType())
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        Map.copyOf(reply.headers()).forEach(response::putHeader);
        response.end(Buffer.buffer(reply.octets()));
    }
}
