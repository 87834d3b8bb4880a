package meridian.steering;

import java.util.List;
import meridian.record.RecordType;
import meridian.topology.Service;

/// How the records of a type are made of what serves.
public enum Shape {
    /// Some endpoints of one region: A, AAAA and CNAME.
    SAMPLE,
    /// All endpoints of every region that is as good as the first, in the client's order, from
    /// which the client takes its pick by their weights: SRV.
    STEPS,
    /// The same without weights, so that which region of a weighted set is first is drawn: MX, and
    /// SVCB and HTTPS of hosts.
    ORDER,
    /// One record about what A and AAAA are for the same client: SVCB and HTTPS of addresses.
    BINDING;

    static Shape of(Service service, RecordType type) {
        if (type.equals(RecordType.SRV)) return STEPS;
        if (type.equals(RecordType.MX)) return ORDER;
        if (!type.equals(RecordType.SVCB) && !type.equals(RecordType.HTTPS)) return SAMPLE;
        return service.types().contains(type) ? ORDER : BINDING;
    }

    /// The types whose endpoints records of a service's type are made of.
    public static List<RecordType> measured(Service service, RecordType type) {
        return of(service, type) == BINDING ? service.addressTypes() : List.of(type);
    }
}
