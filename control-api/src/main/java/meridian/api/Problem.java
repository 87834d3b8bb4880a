package meridian.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meridian.steering.Breach;

/// What went wrong with a request, as RFC 9457 says it.
///
/// @param type a relative reference that names the kind of problem
/// @param field the field of the body, the query or the path that is to blame
/// @param breaches what the guard would not have broken
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
        @JsonProperty("type") String type,
        @JsonProperty("title") String title,
        @JsonProperty("status") int status,
        @JsonProperty("detail") String detail,
        @JsonProperty("field") Optional<String> field,
        @JsonProperty("breaches") List<BreachResource> breaches) {

    static final String CONTENT_TYPE = "application/problem+json";

    /// One limit that a drain would break.
    ///
    /// @param limit its name in the configuration
    /// @param would what would come of the drain: regions, or percent of the capacity
    /// @param allowed the limit, in the same unit
    /// @param perSeconds within which time, for limits of velocity
    record BreachResource(
            String service,
            String type,
            String limit,
            int would,
            int allowed,
            Optional<Long> perSeconds,
            String text) {

        static BreachResource of(Breach breach) {
            return new BreachResource(
                    breach.service().name(),
                    breach.type().toString(),
                    breach.limit().key(),
                    breach.would(),
                    breach.allowed(),
                    breach.per().map(Duration::toSeconds),
                    breach.toString());
        }
    }

    static Problem of(int status, String detail) {
        Kind kind = Kind.of(status);
        return new Problem(
                "/problems/" + kind.word, kind.title, status, detail, Optional.empty(), List.of());
    }

    static Problem badField(String field, String detail) {
        return of(400, detail).withField(field);
    }

    Problem withField(String name) {
        return new Problem(type, title, status, detail, Optional.of(name), breaches);
    }

    /// The guard's own kind of conflict.
    Problem withBreaches(List<BreachResource> more) {
        return new Problem("/problems/guard", "The guard refuses it", status, detail, field, more);
    }

    private record Kind(String word, String title) {

        private static Kind of(int status) {
            return switch (status) {
                case 400 -> new Kind("bad-request", "The request is not understood");
                case 401 -> new Kind("unauthorized", "A token is needed");
                case 403 -> new Kind("forbidden", "This is not allowed");
                case 404 -> new Kind("not-found", "There is no such thing");
                case 405 -> new Kind("method-not-allowed", "This path has other methods");
                case 408 -> new Kind("too-slow", "The request took too long to arrive");
                case 409 -> new Kind("conflict", "What is there now does not allow it");
                case 413 -> new Kind("too-large", "The body is too large");
                case 414 -> new Kind("too-long", "The request line is too long");
                case 415 -> new Kind("content-type", "The body is of another type");
                case 431 -> new Kind("headers", "The headers are too large");
                case 503 -> new Kind("unavailable", "Not now");
                case 507 -> new Kind("disk", "It cannot be written down here");
                default -> new Kind("defect", "Something is wrong here, not with the request");
            };
        }
    }
}
