package meridian.simulation;

import java.io.IOException;
import meridian.cluster.SavedState;
import meridian.cluster.StateStore;

/// What a machine keeps through crashes, unless the disk is lost with it.
final class Disk implements StateStore {

    private SavedState state = SavedState.NONE;
    private boolean full;

    @Override
    public SavedState saved() {
        return state;
    }

    @Override
    public void save(SavedState next) throws IOException {
        if (full) throw new IOException("no space left on device");
        state = next;
    }

    void lose() {
        state = SavedState.NONE;
    }

    void fill(boolean nowFull) {
        full = nowFull;
    }
}
