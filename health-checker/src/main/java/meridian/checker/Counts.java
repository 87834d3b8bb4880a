package meridian.checker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import meridian.health.ProbeResult;

/// What a checker has done since it began, for a metrics page.
///
/// @param watches how many run now
/// @param passed probes that did
/// @param failed probes that did not, by kind; every kind is named
/// @param notMade attempts for which this machine lacked something
/// @param skipped due times that went by while the checker stood still: lateness alone would hide
///   them
/// @param lateness of the probes that were begun, against their due times
public record Counts(
        int watches,
        long passed,
        Map<ProbeResult.Kind, Long> failed,
        long notMade,
        long skipped,
        Lateness lateness) {

    public Counts {
        failed = Map.copyOf(failed);
    }

    /// How late probes began.
    ///
    /// @param buckets in ascending order, each with the count of its own
    /// @param beyond how many were later than the last bucket's bound
    public record Lateness(List<Bucket> buckets, long beyond, Duration sum, Duration greatest) {

        public Lateness {
            buckets = List.copyOf(buckets);
        }

        public long count() {
            return beyond + buckets.stream().mapToLong(Bucket::count).sum();
        }

        /// A bound that this share of the probes kept, such as 0.99 of them; the greatest where no
        /// bucket's bound is one.
        public Duration quantile(double share) {
            double wanted = share * count();
            long counted = 0;
            for (Bucket bucket : buckets) {
                counted += bucket.count();
                if (counted >= wanted) return bucket.upTo();
            }
            return greatest;
        }
    }

    /// How many were later than the bound of the bucket before, and kept this one.
    ///
    /// @param upTo the greatest lateness counted here
    public record Bucket(Duration upTo, long count) {}
}
