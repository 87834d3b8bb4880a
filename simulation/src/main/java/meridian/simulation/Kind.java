package meridian.simulation;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.topology.AllDown;
import meridian.topology.Binding;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.Network;
import meridian.topology.Service;

/// What a service answers with. All endpoints of one are of the same type, so that what it holds of
/// a region is one thing.
enum Kind {
    IPV4,
    IPV6,
    /// HTTPS beside the addresses, which are its hints.
    BOUND,
    MAIL,
    SERVERS,
    ALTERNATIVES;

    private static final List<Kind> DRAWN =
            List.of(IPV4, IPV4, IPV4, IPV6, BOUND, MAIL, SERVERS, ALTERNATIVES);

    private static final String HOSTS = ".example.net.";
    private static final int PORT = 5_060;

    static Kind drawn(Chance chance) {
        return chance.oneOf(DRAWN);
    }

    /// The type of a service's endpoints.
    static RecordType measured(Service service) {
        return service.types().first();
    }

    Endpoint endpoint(int region, int service, int index) {
        String numbers = region + "." + service + "." + index;
        InetAddress machine = Network.addressOf((this == IPV6 ? "2001:db8::10." : "10.") + numbers);
        DomainName host = DomainName.of(("10." + numbers).replace('.', '-') + HOSTS);
        Destination to =
                switch (this) {
                    case IPV4, IPV6, BOUND -> new Destination.Address(machine);
                    case MAIL -> new Destination.MailHost(host);
                    case SERVERS -> new Destination.Server(host, PORT);
                    case ALTERNATIVES -> new Destination.Alternative(RecordType.HTTPS, host);
                };
        boolean isAddress = to instanceof Destination.Address;
        return new Endpoint(
                to, 1, Optional.empty(), isAddress ? Optional.empty() : Optional.of(machine));
    }

    /// The machine behind a host, by the first label of its name.
    static InetAddress behind(String label) {
        return Network.addressOf(label.replace('-', '.'));
    }

    List<Binding> bindings() {
        return switch (this) {
            case BOUND, ALTERNATIVES ->
                    List.of(
                            new Binding(
                                    RecordType.HTTPS,
                                    List.of("h2"),
                                    OptionalInt.empty(),
                                    Optional.empty(),
                                    this == BOUND));
            case IPV4, IPV6, MAIL, SERVERS -> List.of();
        };
    }

    /// What an operator could have written instead of addresses that do not fit.
    AllDown fitted(AllDown drawn) {
        if (!(drawn instanceof AllDown.Addresses)) return drawn;
        return switch (this) {
            case IPV4 -> drawn;
            case IPV6 -> new AllDown.Addresses(List.of(Network.addressOf("2001:db8::9")));
            case BOUND, MAIL, SERVERS, ALTERNATIVES -> new AllDown.FailOpen();
        };
    }
}
