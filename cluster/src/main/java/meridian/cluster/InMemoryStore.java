package meridian.cluster;

/// See [StateStore#inMemory()].
final class InMemoryStore implements StateStore {

    private volatile SavedState state = SavedState.NONE;

    @Override
    public SavedState saved() {
        return state;
    }

    @Override
    public void save(SavedState next) {
        state = next;
    }
}
