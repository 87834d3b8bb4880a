package meridian.system;

/// Zone files for nodes under test.
final class Zones {

    /// Hardly anything beside what is steered.
    static final String SMALL =
            """
            $ORIGIN example.com.
            $TTL 1h
            @    SOA ns1 hostmaster 1 1h 10m 2w 1m
            @    NS  ns1
            ns1  A   127.0.0.1
            mail A   192.0.2.25
            """;

    private Zones() {}
}
