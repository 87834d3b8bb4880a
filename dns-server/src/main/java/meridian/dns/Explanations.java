package meridian.dns;

import java.util.List;
import java.util.Optional;
import meridian.record.DomainName;

/// Says through the DNS why a client gets what it gets.
@FunctionalInterface
public interface Explanations {

    /// Nobody is told.
    Explanations NONE = (_, _, _) -> Optional.empty();

    /// The explanation of the answer that this client would get now, in lines of at most 255
    /// octets, none of them twice; empty if it is not for this client to ask.
    ///
    /// @param draw as a query for the name would be handed
    Optional<List<String>> lines(DomainName name, Client client, long draw);
}
