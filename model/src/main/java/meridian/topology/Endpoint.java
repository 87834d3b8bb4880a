package meridian.topology;

import java.net.InetAddress;
import java.util.Optional;

/// One address (or name of a host) that takes traffic. The two families of one machine are two
/// endpoints: each is probed and judged by itself.
///
/// @param weight its share among the endpoints of its pool, 1 to 10,000
/// @param cell the failure domain inside the region
/// @param probe the address to probe where it is not the one answered
public record Endpoint(
        Destination destination, int weight, Optional<String> cell, Optional<InetAddress> probe) {

    public static final int MAX_WEIGHT = 10_000;

    public Endpoint {
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "endpoint "
                            + destination
                            + " has weight "
                            + weight
                            + "; 1 to "
                            + MAX_WEIGHT
                            + " are accepted");
        }
    }

    /// What a checker connects to: nothing for a name without a probe address, which is then never
    /// judged.
    public Optional<InetAddress> probed() {
        if (probe.isPresent()) return probe;
        return switch (destination) {
            case Destination.Address(var address) -> Optional.of(address);
            case Destination.Alias _,
                    Destination.MailHost _,
                    Destination.Server _,
                    Destination.Alternative _ ->
                    Optional.empty();
        };
    }
}
