package meridian.config;

import java.util.List;
import meridian.topology.Network;

/// How much one client network is sent over UDP.
///
/// @param perSecond responses of one kind
/// @param slip of what would be too much, every so-manieth is truncated; 0: none is
/// @param exempt networks that get whatever they ask for
public record DnsRateLimit(int perSecond, int slip, List<Network> exempt) {

    public static final DnsRateLimit DEFAULT = new DnsRateLimit(1000, 2, List.of());

    public DnsRateLimit {
        exempt = List.copyOf(exempt);
    }
}
