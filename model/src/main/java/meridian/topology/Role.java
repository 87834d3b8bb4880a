package meridian.topology;

/// What a node does.
public enum Role {
    /// answers queries
    DNS,
    /// probes endpoints, and so is a vantage
    CHECKER,
    /// shows, explains and overrules
    API
}
