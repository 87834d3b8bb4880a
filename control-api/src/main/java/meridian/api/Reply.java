package meridian.api;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// One response, before it is bytes on a connection.
record Reply(int status, String contentType, String body, Map<String, String> headers) {

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, Object resource) {
        return new Reply(status, "application/json", Json.text(resource), Map.of());
    }

    static Reply text(int status, String body) {
        return new Reply(status, "text/plain; charset=utf-8", body, Map.of());
    }

    static Reply problem(Problem problem) {
        return new Reply(problem.status(), Problem.CONTENT_TYPE, Json.text(problem), Map.of());
    }

    Reply with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, more);
    }

    byte[] octets() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
