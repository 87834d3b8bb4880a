package meridian.steering;

import meridian.time.Stamp;

/// How far a pool that was out is on its way back; one that is back, or was never out, has none.
public sealed interface Return {

    /// It takes clients again once a person says so.
    ///
    /// @param fall by which it went out
    record Waits(Stamp fall) implements Return {}

    /// It takes a part of its clients, and the more the longer it is back.
    ///
    /// @param percent 1 to 99
    record Climbs(int percent) implements Return {

        public Climbs {
            if (percent < 1 || percent > 99) {
                throw new IllegalArgumentException(
                        "no pool climbs at " + percent + " percent; 1 to 99 are accepted");
            }
        }
    }
}
