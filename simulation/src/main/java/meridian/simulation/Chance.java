package meridian.simulation;

import java.util.ArrayList;
import java.util.List;

/// Draws from a seed (SplitMix64). Each thing that needs chance has its own, derived from the seed
/// and what the thing is: so one fault less in a schedule leaves most other draws as they were.
final class Chance {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    private Chance(long state) {
        this.state = state;
    }

    /// @param what the numbers that tell this chance from others of the same seed
    static Chance of(long seed, long... what) {
        long state = mix(seed + GOLDEN);
        for (long one : what) state = mix(state ^ mix(one + GOLDEN));
        return new Chance(state);
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /// A number from 0 to `bound` - 1.
    int below(int bound) {
        return (int) Math.floorMod(next(), (long) bound);
    }

    /// A number from `least` to `most`.
    int between(int least, int most) {
        return least + below(most - least + 1);
    }

    /// True `percent` times in a hundred.
    boolean happens(int percent) {
        return below(100) < percent;
    }

    <T> T oneOf(List<T> things) {
        return things.get(below(things.size()));
    }

    /// Some of `things`, in an order of chance.
    <T> List<T> some(List<T> things, int count) {
        var left = new ArrayList<>(things);
        var taken = new ArrayList<T>();
        while (taken.size() < count && !left.isEmpty()) taken.add(left.remove(below(left.size())));
        return List.copyOf(taken);
    }

    private static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
