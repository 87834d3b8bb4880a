package meridian.cluster;

import java.io.IOException;

/// Where a node keeps what must outlive it.
public interface StateStore {

    /// What was saved last; nothing, if nothing was.
    SavedState saved();

    /// Returns once nothing short of losing the disk can lose `state`.
    void save(SavedState state) throws IOException;

    /// Forgets everything with the process: for nodes without a data directory, the simulator and
    /// tests.
    static StateStore inMemory() {
        return new InMemoryStore();
    }
}
