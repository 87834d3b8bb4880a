package meridian.node.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A region of the demo, with the one node that stands in it, which is a name server and a vantage,
/// and its two endpoints. Their addresses are for documentation (RFC 5737): nobody has them.
enum Place {
    US_EAST("us-east", "[38.9, -77.0]", "198.51.100."),
    EU_WEST("eu-west", "[53.3, -6.2]", "192.0.2."),
    AP_SOUTH("ap-south", "[1.3, 103.8]", "203.0.113.");

    /// Where the endpoints listen, as the monitor has it.
    static final int PORT = 8080;

    private final String region;
    private final String location;
    private final String network;

    Place(String region, String location, String network) {
        this.region = region;
        this.location = location;
        this.network = network;
    }

    /// Where an endpoint is.
    static Optional<Place> of(String endpoint) {
        return Arrays.stream(values())
                .filter(place -> endpoint.startsWith(place.network))
                .findFirst();
    }

    String region() {
        return region;
    }

    /// As the configuration writes it: latitude and longitude in degrees.
    String location() {
        return location;
    }

    String node() {
        return region + "-1";
    }

    List<String> endpoints() {
        return List.of(network + "10", network + "11");
    }
}
