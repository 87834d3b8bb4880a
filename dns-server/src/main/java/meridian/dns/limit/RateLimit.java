package meridian.dns.limit;

import java.util.List;
import meridian.topology.Network;

/// How much one client network (/24, /56) is sent over UDP.
///
/// @param perSecond responses of one kind: a second's worth at once, and so many a second for as
///   long as it asks; 1 to 1,000,000
/// @param slip of what would be too much, every so-manieth has a response with TC, and the others
///   have none; 0: none has
/// @param exempt networks that get whatever they ask for
public record RateLimit(int perSecond, int slip, List<Network> exempt) {

    public RateLimit {
        if (perSecond < 1 || perSecond > 1_000_000)
            throw new IllegalArgumentException(
                    perSecond + " responses a second are no limit; 1 to 1000000 is accepted");
        exempt = List.copyOf(exempt);
    }
}
