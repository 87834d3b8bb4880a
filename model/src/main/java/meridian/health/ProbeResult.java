package meridian.health;

import java.time.Duration;

/// What one attempt to reach an endpoint said.
public sealed interface ProbeResult {

    record Passed(Duration took) implements ProbeResult {}

    /// The endpoint was not reached, or did not say what it must.
    ///
    /// @param reason one clause an operator understands: `status 503, expected 200`
    record Failed(Kind kind, String reason) implements ProbeResult {}

    /// The checker itself could not make the attempt: it has no file descriptor left, or no route
    /// to anywhere. That says nothing about the endpoint.
    record NotMade(String reason) implements ProbeResult {}

    /// How far a failed attempt came, for counting.
    enum Kind {
        /// Refused, reset or unreachable.
        CONNECTION,
        /// No answer by the deadline.
        TIMEOUT,
        /// The TLS handshake, or the certificate.
        TLS,
        /// What answered does not speak HTTP.
        PROTOCOL,
        /// Another status than the expected.
        STATUS,
        /// The expected text is missing.
        BODY
    }
}
