package meridian.dns;

import java.net.InetAddress;
import java.util.Optional;
import meridian.dns.wire.ClientSubnet;

/// Whom an answer is for: the subnet that the resolver told us, else the resolver.
public record Client(InetAddress resolver, Optional<ClientSubnet> subnet) {}
