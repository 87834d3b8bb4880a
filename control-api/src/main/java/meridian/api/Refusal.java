package meridian.api;

import java.util.Map;

/// Ends the handling of a request with a problem; caught once, where replies are sent.
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    Refusal(Problem problem, Map<String, String> headers) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    Refusal(Problem problem) {
        this(problem, Map.of());
    }

    static Refusal of(int status, String detail) {
        return new Refusal(Problem.of(status, detail));
    }

    static Refusal badField(String field, String detail) {
        return new Refusal(Problem.badField(field, detail));
    }

    Reply reply() {
        Reply reply = Reply.problem(problem);
        return headers.entrySet().stream()
                .reduce(reply, (r, e) -> r.with(e.getKey(), e.getValue()), (a, _) -> a);
    }
}
