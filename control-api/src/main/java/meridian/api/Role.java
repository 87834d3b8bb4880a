package meridian.api;

import java.util.Locale;

/// What a token may do; each may do what those before it may.
public enum Role {
    /// sees and explains
    VIEWER,
    /// drains and undrains
    OPERATOR,
    /// everything
    ADMIN;

    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
