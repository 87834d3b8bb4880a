package meridian.dns.signed;

/// When a signature is made.
public enum Occasion {
    /// Before what it is of is answered: when zones are loaded or signed again, and beside what
    /// answers.
    AHEAD,

    /// By the step that publishes a change, which it delays: nobody had foreseen the change.
    PUBLISHING
}
