package meridian.topology;

import java.time.Duration;

/// How the fleet agrees.
///
/// @param freshFor how long a vote counts after its report arrived; afterwards it is unknown
/// @param releaseAfter how long no fresh vote may say down, and one must say up, for an endpoint to
///   be up again without a quorum
public record Agreement(Duration freshFor, Duration releaseAfter) {

    /// Beats come once a second: four may be lost before a vote is.
    public static final Agreement DEFAULT =
            new Agreement(Duration.ofSeconds(5), Duration.ofMinutes(5));

    public Agreement {
        if (freshFor.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new IllegalArgumentException(
                    "fresh-for is "
                            + freshFor.toMillis()
                            + " ms; 2 s or more is accepted, since beats come once a second");
        }
        if (releaseAfter.compareTo(freshFor) < 0) {
            throw new IllegalArgumentException(
                    "release-after is "
                            + releaseAfter.toMillis()
                            + " ms; fresh-for or more is accepted");
        }
    }
}
