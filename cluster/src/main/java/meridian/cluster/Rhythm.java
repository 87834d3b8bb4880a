package meridian.cluster;

/// What the ledger asks of whoever lets it beat and save. It is called by any thread, and must be
/// quick.
public interface Rhythm {

    /// Of a ledger that is only called by hand.
    Rhythm NONE = new Rhythm() {};

    /// There is something that the others should not wait for.
    default void beatNow() {}

    /// There is something that should be on disk.
    default void saveNow() {}

    /// A message was taken in.
    default void heard() {}
}
