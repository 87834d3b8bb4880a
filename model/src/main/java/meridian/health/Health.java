package meridian.health;

/// Three values, because not seeing a thing is not seeing it down.
public enum Health {
    UP,
    DOWN,
    UNKNOWN
}
