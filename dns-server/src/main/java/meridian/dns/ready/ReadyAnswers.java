package meridian.dns.ready;

import java.util.List;
import java.util.Optional;
import meridian.dns.Client;
import meridian.dns.SteeredAnswers;
import meridian.dns.wire.ClientSubnet;
import meridian.dns.zone.SteeredName;
import meridian.record.RecordType;

/// Every steered answer of one snapshot. A query looks its client's location class up, takes the
/// plan of that class, and draws.
public final class ReadyAnswers implements SteeredAnswers {

    private final List<ReadyService> services;

    /// @param services at the positions that [SteeredName#index] speaks of
    ReadyAnswers(List<ReadyService> services) {
        this.services = List.copyOf(services);
    }

    @Override
    public Choice answer(SteeredName name, RecordType type, Client client, long draw) {
        ReadyService service = services.get(name.index());
        LocationClasses.Located located = located(service.classes(), client);
        return new Choice(
                service.rrset(name.owner(), type, located.locationClass(), draw), located.scope());
    }

    List<ReadyService> services() {
        return services;
    }

    ReadyService service(int index) {
        return services.get(index);
    }

    /// A resolver that tells no address of its client (a source prefix of 0) is steered by its own
    /// place, and may give the answer to anyone: that is what it asked for (RFC 7871 §7.1.2).
    private static LocationClasses.Located located(LocationClasses classes, Client client) {
        Optional<ClientSubnet> told = client.subnet().filter(subnet -> subnet.sourcePrefix() > 0);
        if (told.isPresent()) return classes.locate(told.get().address());
        return new LocationClasses.Located(
                classes.locate(client.resolver().getAddress()).locationClass(), 0);
    }
}
