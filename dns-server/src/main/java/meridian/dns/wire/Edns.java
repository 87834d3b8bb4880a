package meridian.dns.wire;

import java.util.Optional;

/// What a query's OPT record says (RFC 6891 §6.1).
///
/// @param payloadSize the largest UDP message its sender takes, in octets, as it came
/// @param dnssecOk the DO bit (RFC 3225)
/// @param clientSubnet empty too when the version is not 0: its options are not ours to read
/// @param cookie likewise
public record Edns(
        int version,
        int payloadSize,
        boolean dnssecOk,
        Optional<ClientSubnet> clientSubnet,
        Optional<Cookie> cookie) {

    Edns with(ClientSubnet subnet) {
        return new Edns(version, payloadSize, dnssecOk, Optional.of(subnet), cookie);
    }

    Edns with(Cookie first) {
        return new Edns(version, payloadSize, dnssecOk, clientSubnet, Optional.of(first));
    }
}
