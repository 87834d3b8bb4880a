package meridian.topology;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/// One preference of a rule: where to send clients before the next step is looked at.
public sealed interface Step {

    record OneRegion(RegionId region) implements Step {}

    /// A region drawn among the eligible ones, each as often as its weight says.
    record Weighted(SequencedMap<RegionId, Integer> weights) implements Step {

        public Weighted {
            if (weights.isEmpty())
                throw new IllegalArgumentException("a weighted step names no region");
            weights.forEach(Weighted::checkWeight);
            weights = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(weights));
        }

        private static void checkWeight(RegionId region, int weight) {
            if (weight >= 1 && weight <= Endpoint.MAX_WEIGHT) return;
            throw new IllegalArgumentException(
                    "region "
                            + region
                            + " has weight "
                            + weight
                            + "; 1 to "
                            + Endpoint.MAX_WEIGHT
                            + " are accepted");
        }
    }

    /// The regions by distance from the client.
    ///
    /// @param among empty: all regions
    /// @param withinKilometres regions farther than this are left out, and for a client of unknown
    ///   place all are
    record Nearest(List<RegionId> among, OptionalDouble withinKilometres) implements Step {

        public Nearest {
            among = List.copyOf(among);
            // Written so that NaN is refused too.
            if (withinKilometres.isPresent() && !(withinKilometres.getAsDouble() > 0)) {
                throw new IllegalArgumentException(
                        "nearest is limited to "
                                + withinKilometres.getAsDouble()
                                + " km; above 0 km is accepted");
            }
        }
    }
}
