package meridian.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.cluster.Directory;
import meridian.cluster.SavedState;
import meridian.cluster.StateStore;
import org.jspecify.annotations.Nullable;

/// What a machine keeps through crashes, unless the disk is lost with it: the files of one folder.
///
/// A process that is killed leaves all it has written. A power cut leaves what was synced, and of
/// the rest what chance lets it leave: names in any combination, and of a file its beginning.
///
/// It knows besides which file holds what was to be saved as a whole, without reading any: by that
/// the inspector knows what must be found again.
final class Disk implements Directory {

    private static final byte[] NOT_OURS =
            "not a state of Meridian's".getBytes(StandardCharsets.UTF_8);

    /// Ends the process that writes.
    static final class Outage extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// What happens to a disk while nobody uses it.
    enum Fate {
        KEPT,
        LOST,
        FLIPPED,
        FOREIGN
    }

    /// A state that was saved, or was about to be; the later the higher its number.
    private record Kept(long number, SavedState state) {}

    private static final class Contents {

        private final byte[] bytes;

        /// The state that it holds, if it holds one as it was written.
        private final Optional<Kept> whole;

        Contents(byte[] bytes, Optional<Kept> whole) {
            this.bytes = bytes;
            this.whole = whole;
        }

        Contents beginning(long draw) {
            return new Contents(
                    Arrays.copyOf(bytes, (int) Math.floorMod(draw, (long) bytes.length)),
                    Optional.empty());
        }

        Contents flipped(long draw) {
            byte[] other = bytes.clone();
            int at = (int) Math.floorMod(draw, 8L * bytes.length);
            other[at / 8] ^= (byte) (1 << at % 8);
            return new Contents(other, Optional.empty());
        }
    }

    /// A change of names: `from` is no more, and `to` is this.
    private record Change(@Nullable String from, @Nullable String to, @Nullable Contents contents) {

        void on(Map<String, Contents> names) {
            if (from != null) names.remove(from);
            if (to != null && contents != null) names.put(to, contents);
        }
    }

    private Map<String, Contents> names = new HashMap<>();
    private Map<String, Contents> platter = new HashMap<>();
    private final List<Change> unsynced = new ArrayList<>();
    private Optional<Kept> writing = Optional.empty();
    private Optional<Kept> kept = Optional.empty();
    private long number;
    private long promised;
    private boolean full;
    private boolean isToBeCut;
    private int steps;
    private Chance chance = Chance.of(0);

    @Override
    public boolean has(String name) {
        return names.containsKey(name);
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(names.get(name)).map(file -> file.bytes.clone());
    }

    @Override
    public void write(String name, byte[] bytes) throws IOException {
        var file = new Contents(bytes.clone(), writing);
        if (full || isDue()) change(null, name, file.beginning(full ? number : chance.next()));
        if (full) throw new IOException("no space left on device");
        cutIfDue();
        change(null, name, file);
        step();
    }

    @Override
    public void move(String from, String to) {
        change(from, to, names.get(from));
        step();
    }

    @Override
    public void delete(String name) {
        change(name, null, null);
        step();
    }

    @Override
    public void sync() {
        step();
        platter = new HashMap<>(names);
        unsynced.clear();
    }

    @Override
    public void close() {
        // A process that ends is gone; nothing is left to close.
    }

    private void change(@Nullable String from, @Nullable String to, @Nullable Contents contents) {
        var change = new Change(from, to, contents);
        change.on(names);
        kept = newest(names);
        unsynced.add(change);
    }

    /// The power is cut after so many more steps of writing.
    void cutAfter(int moreSteps, Chance leaves) {
        isToBeCut = true;
        steps = moreSteps;
        chance = leaves;
    }

    void cutNoMore() {
        isToBeCut = false;
    }

    private boolean isDue() {
        return isToBeCut && steps == 0;
    }

    private void step() {
        cutIfDue();
        if (isToBeCut) steps--;
    }

    private void cutIfDue() {
        if (!isDue()) return;
        isToBeCut = false;
        for (Change change : unsynced) if (chance.happens(60)) change.on(platter);
        names = new HashMap<>(platter);
        kept = newest(names);
        unsynced.clear();
        throw new Outage();
    }

    /// A store on this disk, by which it is known what was to be saved, and what was promised.
    StateStore noting(StateStore store) {
        return new StateStore() {
            @Override
            public SavedState saved() {
                return store.saved();
            }

            @Override
            public void save(SavedState state) throws IOException {
                writing = Optional.of(new Kept(++number, state));
                try {
                    store.save(state);
                    promised = number;
                } finally {
                    writing = Optional.empty();
                }
            }
        };
    }

    /// The newest state that is there as it was written.
    SavedState newest() {
        return kept.map(Kept::state).orElse(SavedState.NONE);
    }

    /// Whether what was promised to be kept, or anything newer, is there.
    boolean keepsItsPromise() {
        return kept.map(Kept::number).orElse(0L) >= promised;
    }

    /// The newest state that is whole among these.
    private static Optional<Kept> newest(Map<String, Contents> files) {
        return files.values().stream()
                .flatMap(file -> file.whole.stream())
                .max(Comparator.comparingLong(Kept::number));
    }

    /// After this, no more is promised than what is left.
    void suffer(Fate fate, long draw) {
        switch (fate) {
            case KEPT -> {
                return;
            }
            case LOST -> names.clear();
            case FLIPPED -> damage(draw);
            case FOREIGN -> names.put("state", new Contents(NOT_OURS, Optional.empty()));
        }
        kept = newest(names);
        platter = new HashMap<>(names);
        unsynced.clear();
        promised = kept.map(Kept::number).orElse(0L);
    }

    private void damage(long draw) {
        List<String> files = names.keySet().stream().sorted().toList();
        if (files.isEmpty()) return;
        String name = files.get((int) Math.floorMod(draw, (long) files.size()));
        names.computeIfPresent(
                name, (_, file) -> file.bytes.length == 0 ? file : file.flipped(draw >>> 8));
    }

    void fill(boolean nowFull) {
        full = nowFull;
    }
}
