package meridian.checker;

import java.net.InetAddress;
import meridian.health.Health;

/// Something that a watch saw change: the first of a run of results, or an opinion.
///
/// @param health of a result, up where it passed and down where it failed; of an opinion, that one
/// @param reason why it is down, or unknown; empty for up
public record Notice(What what, InetAddress address, Health health, String reason) {

    public enum What {
        /// The first result that points the other way than the one before it.
        RESULT,
        /// What this vantage thinks of the endpoint.
        OPINION
    }
}
