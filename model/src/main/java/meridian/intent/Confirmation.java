package meridian.intent;

/// A person's word that the guard may let go a region that it holds. It is about what had fallen
/// when it was said, and not about what falls later.
public record Confirmation(Origin origin, Scope scope) implements Intent {}
