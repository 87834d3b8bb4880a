package meridian.topology;

import java.net.InetAddress;
import java.util.List;
import meridian.record.DomainName;

/// What a service answers when nothing is eligible.
public sealed interface AllDown {

    /// Set measured health aside: the endpoints that the client would get if all were up.
    record FailOpen() implements AllDown {}

    /// The pool that was up last.
    record LastGood() implements AllDown {}

    /// An empty answer.
    record NoData() implements AllDown {}

    /// These addresses, such as those of a page that says sorry.
    record Addresses(List<InetAddress> addresses) implements AllDown {

        public Addresses {
            if (addresses.isEmpty())
                throw new IllegalArgumentException("all-down names no address");
            addresses = List.copyOf(addresses);
        }
    }

    /// This canonical name; only for services of names.
    record Alias(DomainName name) implements AllDown {}
}
