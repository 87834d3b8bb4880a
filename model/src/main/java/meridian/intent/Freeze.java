package meridian.intent;

/// A person's wish that no automatic move be made anywhere: while it stands, verdicts stand too,
/// whatever is measured. What people ask for is still done.
public record Freeze(Origin origin) implements Intent {}
