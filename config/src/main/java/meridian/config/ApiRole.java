package meridian.config;

/// What a token allows; each role may do what those before it may.
public enum ApiRole {
    /// sees
    VIEWER,
    /// drains and undrains
    OPERATOR,
    /// everything
    ADMIN
}
