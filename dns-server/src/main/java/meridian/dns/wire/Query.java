package meridian.dns.wire;

import java.util.Optional;

/// A well-formed message with opcode QUERY and one question.
///
/// @param tsig its signature, which nobody has looked at yet
/// @param known the serial that whoever asks for an IXFR has (RFC 1995 §3)
public record Query(
        Header header,
        Question question,
        Optional<Edns> edns,
        Optional<Tsig> tsig,
        Optional<Serial> known)
        implements Incoming {

    public Optional<ClientSubnet> clientSubnet() {
        return edns.flatMap(Edns::clientSubnet);
    }

    /// Whether it asks for the option of this code.
    public boolean asks(int code) {
        return edns.filter(e -> e.asks(code)).isPresent();
    }

    public Optional<Cookie> cookie() {
        return edns.flatMap(Edns::cookie);
    }
}
