package meridian.dns.wire;

import java.util.Optional;

/// A well-formed message with opcode QUERY and one question.
public record Query(Header header, Question question, Optional<Edns> edns) implements Incoming {

    public Optional<ClientSubnet> clientSubnet() {
        return edns.flatMap(Edns::clientSubnet);
    }

    public Optional<Cookie> cookie() {
        return edns.flatMap(Edns::cookie);
    }
}
