package meridian.dns.geo;

import java.util.List;
import java.util.OptionalDouble;

/// What [GeoGate] decided about an atlas that wants to serve.
public sealed interface Admission {

    /// It may serve.
    ///
    /// @param changed the share of sampled addresses whose country or order of regions differs from
    ///   before, 0 to 1; empty if nothing served before
    /// @param remarks values of the databases that made no sense and were left out
    record Accepted(Atlas atlas, OptionalDouble changed, List<String> remarks)
            implements Admission {

        public Accepted {
            remarks = List.copyOf(remarks);
        }

        /// A line for the log.
        public String summary() {
            String size =
                    "%,d ranges of %,d places, %,d MB"
                            .formatted(
                                    atlas.rangeCount(),
                                    atlas.places().size(),
                                    atlas.bytes() / 1_000_000);
            return changed.isPresent()
                    ? size + ", %.2f %% changed".formatted(100 * changed.getAsDouble())
                    : size;
        }
    }

    /// What served must go on serving.
    ///
    /// @param reasons every one
    record Refused(List<GeoLoad.Reason> reasons) implements Admission {

        public Refused {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty())
                throw new IllegalArgumentException("a refusal must give a reason");
        }
    }
}
