package meridian.topology;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meridian.record.DomainName;

/// How a zone is given to secondaries that are not of the fleet.
///
/// @param primary the one node that gives it: its serial is that node's
/// @param to who may take it; whoever fits one of these
/// @param notified who is told of a change
/// @param client whose answers stand for those that are steered
/// @param pace between two moves of the serial, at least
public record ZoneTransfer(
        NodeId primary,
        List<Allowance> to,
        List<Notified> notified,
        InetAddress client,
        Duration pace) {

    public ZoneTransfer {
        to = List.copyOf(to);
        notified = List.copyOf(notified);
    }

    /// Some who may take the zone: all that is asked for here holds of them.
    ///
    /// @param key with which they sign
    /// @param networks that they are in; none: wherever they are
    public record Allowance(Optional<DomainName> key, List<Network> networks) {

        public Allowance {
            networks = List.copyOf(networks);
            if (key.isEmpty() && networks.isEmpty())
                throw new IllegalArgumentException(
                        "lets anyone have the zone; a key, networks or both are accepted");
        }

        boolean admits(Optional<DomainName> signer, InetAddress from) {
            return (key.isEmpty() || key.equals(signer))
                    && (networks.isEmpty()
                            || networks.stream().anyMatch(network -> network.contains(from)));
        }
    }

    /// One who is told.
    ///
    /// @param key with which the telling is signed
    /// @param from the address of the node that it comes from; if it is not said, the system
    ///   chooses
    public record Notified(
            InetSocketAddress address, Optional<DomainName> key, Optional<InetAddress> from) {

        public Notified {
            if (from.isPresent() && from.get().getClass() != address.getAddress().getClass())
                throw new IllegalArgumentException(
                        from.get().getHostAddress()
                                + " and "
                                + address.getAddress().getHostAddress()
                                + " are not of one version of IP; two of one are accepted");
        }
    }

    /// Whether someone may take the zone.
    ///
    /// @param signer the key with which they have signed, and well
    public boolean admits(Optional<DomainName> signer, InetAddress from) {
        return to.stream().anyMatch(allowance -> allowance.admits(signer, from));
    }
}
