package meridian.simulation;

/// An invariant that did not hold.
///
/// @param at when, in nanoseconds since the run began
/// @param what on which node, and what was seen instead
public record Violation(Invariant invariant, long at, String what) {

    @Override
    public String toString() {
        return "at " + Times.text(at) + ", " + invariant + ": " + what;
    }
}
