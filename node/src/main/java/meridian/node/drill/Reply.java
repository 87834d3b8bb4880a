package meridian.node.drill;

import java.time.Instant;
import java.util.Set;

/// What became of one query.
///
/// @param received when its response was; for a time-out, when it was given up
/// @param client the region whose client asked
/// @param regions that the addresses of the answer are in
record Reply(Instant sent, Instant received, String client, Kind kind, Set<String> regions) {

    enum Kind {
        ANSWERED,
        /// NOERROR without an address.
        EMPTY,
        /// SERVFAIL, REFUSED, or any RCODE but NOERROR.
        ERROR,
        TIMED_OUT
    }

    Reply {
        regions = Set.copyOf(regions);
    }

    boolean leadsTo(String region) {
        return regions.contains(region);
    }
}
