package meridian.intent;

/// A person's wish that no new client be sent to a region: of every service, or of one.
///
/// @param forced whether the guard was overruled
public record Drain(Origin origin, Scope scope, boolean forced) implements Intent {}
