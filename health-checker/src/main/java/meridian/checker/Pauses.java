package meridian.checker;

/// How a watch's thread knows the time and lets it pass.
public interface Pauses {

    /// A monotonic clock's reading in nanoseconds; only differences mean anything.
    long now();

    /// Returns once [#now] has reached `moment`.
    void until(long moment) throws InterruptedException;
}
