package meridian.dns.wire;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What a query's OPT record says (RFC 6891 §6.1).
///
/// @param payloadSize the largest UDP message its sender takes, in octets, as it came
/// @param dnssecOk the DO bit (RFC 3225)
/// @param clientSubnet empty too when the version is not 0: its options are not ours to read
/// @param cookie likewise
/// @param asked codes of the options by which it asks to be told something; likewise
public record Edns(
        int version,
        int payloadSize,
        boolean dnssecOk,
        Optional<ClientSubnet> clientSubnet,
        Optional<Cookie> cookie,
        Set<Integer> asked) {

    public Edns {
        asked = Set.copyOf(asked);
    }

    Edns with(ClientSubnet subnet) {
        return new Edns(version, payloadSize, dnssecOk, Optional.of(subnet), cookie, asked);
    }

    Edns with(Cookie first) {
        return new Edns(version, payloadSize, dnssecOk, clientSubnet, Optional.of(first), asked);
    }

    Edns asking(int code) {
        if (asked.contains(code)) return this;
        var more = new HashSet<>(asked);
        more.add(code);
        return new Edns(version, payloadSize, dnssecOk, clientSubnet, cookie, more);
    }

    /// Whether it asks for the option of this code.
    public boolean asks(int code) {
        return asked.contains(code);
    }
}
