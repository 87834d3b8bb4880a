package meridian.system;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A region of the test fleet: its node, where it is, and the addresses of its backends.
///
/// The backends are addresses of this machine (all of 127/8 is, on Linux), so that what is answered
/// is also what is probed. The order is that of the configuration.
enum Site {
    US_EAST("us-east", "use1", 38.9, -77.0, 1),
    EU_WEST("eu-west", "euw1", 53.3, -6.2, 2),
    AP_SOUTH("ap-south", "aps1", 1.3, 103.8, 3);

    private final String region;
    private final String node;
    private final double latitude;
    private final double longitude;
    private final int third;

    Site(String region, String node, double latitude, double longitude, int third) {
        this.region = region;
        this.node = node;
        this.latitude = latitude;
        this.longitude = longitude;
        this.third = third;
    }

    String region() {
        return region;
    }

    String node() {
        return node;
    }

    List<String> backends() {
        return List.of("127.0." + third + ".10", "127.0." + third + ".11");
    }

    /// As the configuration has it: `38.9, -77.0`.
    String location() {
        return latitude + ", " + longitude;
    }

    static Site ofRegion(String region) {
        return Stream.of(values())
                .filter(site -> site.region.equals(region))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no site has region " + region));
    }

    /// Whose backend this is.
    static Optional<Site> ofBackend(String address) {
        return Stream.of(values()).filter(site -> site.backends().contains(address)).findFirst();
    }
}
