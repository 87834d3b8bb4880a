package meridian.config;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Every key there is, by the block it stands in. From here come the refusal of unknown keys, the
/// suggestions, and the test that `reference.conf` tells of all of them.
///
/// @param pattern where such a block stands; `*` is a name that the operator gives, `[]` an item of
///   a list
record Schema(String pattern, SequencedSet<String> keys) {

    static final Schema ROOT =
            of(
                    "",
                    "nodes",
                    "cluster",
                    "quorum",
                    "regions",
                    "geo",
                    "monitors",
                    "clients",
                    "templates",
                    "zones",
                    "zone-folders",
                    "transfer-keys",
                    "services",
                    "dns",
                    "api",
                    "checker",
                    "data-directory");
    static final Schema NODE =
            of(
                    "nodes.*",
                    "region",
                    "roles",
                    "dns",
                    "tls",
                    "quic",
                    "api",
                    "cluster",
                    "reach",
                    "references");
    static final Schema CLUSTER = of("cluster", "key-file", "second-key-file");
    static final Schema QUORUM = of("quorum", "fresh-for", "release-after");
    static final Schema CHECKER =
            of("checker", "references", "interval", "timeout", "rise", "fall");
    static final Schema REGION = of("regions.*", "location", "capacity", "standby", "cells");
    static final Schema GEO =
            of("geo", "database", "as-database", "networks", "golden", "most-changed");
    static final Schema GOLDEN = of("geo.golden[]", "address", "country", "nearest");
    static final Schema MONITOR =
            of(
                    "monitors.*",
                    "http",
                    "https",
                    "tcp",
                    "interval",
                    "timeout",
                    "rise",
                    "fall",
                    "hold",
                    "damping");
    static final Schema DAMPING =
            of("monitors.*.damping", "turns", "first", "longest", "half-life");
    static final Schema HTTP = of("monitors.*.http", "path", "port", "host", "expect", "body");
    static final Schema HTTPS =
            of("monitors.*.https", "path", "port", "host", "expect", "body", "verify");
    static final Schema TCP = of("monitors.*.tcp", "port");
    static final Schema CLIENTS =
            of("clients.*", "continents", "countries", "subdivisions", "as-numbers", "networks");
    static final Schema ZONE = of("zones.*", "file", "dnssec", "transfer");
    static final Schema DNSSEC = of("zones.*.dnssec", "keys", "denial");
    static final Schema TRANSFER =
            of("zones.*.transfer", "primary", "to", "notify", "client", "pace");
    static final Schema ALLOWANCE = of("zones.*.transfer.to[]", "key", "networks");
    static final Schema NOTIFIED = of("zones.*.transfer.notify[]", "address", "key", "from");
    static final Schema TRANSFER_KEY = of("transfer-keys.*", "algorithm", "file", "environment");
    static final Schema TEMPLATE =
            of(
                    "templates.*",
                    "like",
                    "ttl",
                    "answers",
                    "monitor",
                    "pools",
                    "steer",
                    "all-down",
                    "guard",
                    "failback",
                    "ramp",
                    "https",
                    "svcb");
    static final Schema SERVICE =
            of(
                    "services.*",
                    "like",
                    "names",
                    "ttl",
                    "answers",
                    "monitor",
                    "pools",
                    "steer",
                    "all-down",
                    "guard",
                    "failback",
                    "ramp",
                    "https",
                    "svcb");
    static final Schema POOL = of("services.*.pools.*", "min-up", "endpoints");
    static final Schema ENDPOINT =
            of(
                    "services.*.pools.*.endpoints[]",
                    "v4",
                    "v6",
                    "cname",
                    "mx",
                    "srv",
                    "https",
                    "svcb",
                    "port",
                    "cell",
                    "weight",
                    "probe");
    static final Schema PROBE = of("services.*.pools.*.endpoints[].probe", "v4", "v6");
    static final Schema HTTPS_RECORD = of("services.*.https", "alpn", "port", "ech", "hints");
    static final Schema SVCB = of("services.*.svcb", "alpn", "port", "ech", "hints");
    static final Schema RULE = of("services.*.steer[]", "for", "to", "fence");
    static final Schema NEAREST = of("services.*.steer[].to[]", "nearest", "within");
    static final Schema GUARD =
            of("services.*.guard", "keep-regions", "keep-capacity", "velocity", "automation");
    static final Schema VELOCITY = of("services.*.guard.velocity", "regions", "capacity", "per");
    static final Schema AUTOMATION = of("services.*.guard.automation", "keep-capacity", "velocity");
    static final Schema AUTOMATION_VELOCITY =
            of("services.*.guard.automation.velocity", "regions", "capacity", "per");
    static final Schema DNS =
            of(
                    "dns",
                    "udp",
                    "udp-payload",
                    "tcp-idle-timeout",
                    "tcp-connections",
                    "tcp-connections-per-client",
                    "proxy-from",
                    "rate-limit",
                    "tells",
                    "tls");
    static final Schema RATE_LIMIT = of("dns.rate-limit", "per-second", "slip", "exempt");
    static final Schema TELLS = of("dns.tells", "node", "version", "explain-to");
    static final Schema DNS_TLS = of("dns.tls", "certificate", "key");
    static final Schema API = of("api", "tokens");
    static final Schema TOKEN = of("api.tokens.*", "role", "hash");

    static final List<Schema> ALL =
            List.of(
                    ROOT,
                    NODE,
                    CLUSTER,
                    QUORUM,
                    CHECKER,
                    REGION,
                    GEO,
                    GOLDEN,
                    MONITOR,
                    DAMPING,
                    HTTP,
                    HTTPS,
                    TCP,
                    CLIENTS,
                    ZONE,
                    DNSSEC,
                    TRANSFER,
                    ALLOWANCE,
                    NOTIFIED,
                    TRANSFER_KEY,
                    TEMPLATE,
                    SERVICE,
                    POOL,
                    ENDPOINT,
                    PROBE,
                    HTTPS_RECORD,
                    SVCB,
                    RULE,
                    NEAREST,
                    GUARD,
                    VELOCITY,
                    AUTOMATION,
                    AUTOMATION_VELOCITY,
                    DNS,
                    RATE_LIMIT,
                    TELLS,
                    DNS_TLS,
                    API,
                    TOKEN);

    private static Schema of(String pattern, String... keys) {
        return new Schema(
                pattern, Collections.unmodifiableSequencedSet(new LinkedHashSet<>(List.of(keys))));
    }
}
