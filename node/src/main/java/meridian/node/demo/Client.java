package meridian.node.demo;

/// Someone who asks by way of a resolver that says where he is (ECS, RFC 7871).
enum Client {
    AMERICA("America", "23.20.0.0", Place.US_EAST),
    EUROPE("Europe", "2.125.160.0", Place.EU_WEST),
    ASIA("Asia", "165.21.0.0", Place.AP_SOUTH);

    /// What resolvers pass on of an IPv4 address, as RFC 7871 §11.1 recommends.
    static final int PREFIX = 24;

    private final String continent;
    private final String network;
    private final Place nearest;

    /// @param network of that continent, as the embedded geo table has it
    Client(String continent, String network, Place nearest) {
        this.continent = continent;
        this.network = network;
        this.nearest = nearest;
    }

    String continent() {
        return continent;
    }

    /// The first address of its network.
    String network() {
        return network;
    }

    String subnet() {
        return network + "/" + PREFIX;
    }

    /// Where it is sent while all is well.
    Place nearest() {
        return nearest;
    }
}
