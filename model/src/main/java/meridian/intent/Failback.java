package meridian.intent;

/// A person's word that a region which waits for one may take clients again. It is about what was
/// waiting when it was said.
public record Failback(Origin origin, Scope scope) implements Intent {}
