package meridian.node;

import java.util.function.LongSupplier;

/// Gives back to the system what the heap grew by while files were read.
///
/// Java's heap shrinks with a full collection only, and a node that answers from ready octets makes
/// so little garbage that it may come to none for days. One stops the process for some tens of
/// milliseconds, in which queries wait in the kernel: no longer than the young collections that
/// stop it while it reads, and never but after a load that made the heap grow by much.
///
/// ```
/// load ... look: something was loaded ... look: nothing since -> collect, if it is worth it
/// ```
///
/// It waits for the second look, since what a load leaves behind is garbage by then; and it is not
/// asked to look while what served before is kept ([Predecessors]). Not for use by two threads at
/// once.
final class SpareMemory {

    /// Less than this is not worth a pause.
    static final long WORTH_A_PAUSE = 32L << 20;

    /// What a heap begins with, whatever becomes of it (`run.args`).
    static final long AT_A_START = 32L << 20;

    private final LongSupplier heapSize;
    private final Runnable collection;
    private long loads;
    private boolean isLoaded;
    private long settledSize = AT_A_START;

    /// @param heapSize in octets, with what is free in it
    SpareMemory(LongSupplier heapSize, Runnable collection) {
        this.heapSize = heapSize;
        this.collection = collection;
    }

    static SpareMemory ofThisProcess() {
        return new SpareMemory(Runtime.getRuntime()::totalMemory, System::gc);
    }

    /// Asked every second.
    ///
    /// @param loadsSoFar how often files were read and served since the start
    void look(long loadsSoFar) {
        if (loadsSoFar != loads) {
            loads = loadsSoFar;
            isLoaded = true;
        } else if (isLoaded) {
            isLoaded = false;
            settle();
        }
    }

    private void settle() {
        if (heapSize.getAsLong() - settledSize < WORTH_A_PAUSE) return;
        collection.run();
        settledSize = heapSize.getAsLong();
    }
}
