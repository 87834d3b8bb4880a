package meridian.steering;

import java.util.List;
import meridian.record.RecordType;
import meridian.topology.Service;

/// How the records of a type are made of what serves.
public enum Shape {
    /// Some endpoints of one region: A, AAAA and CNAME.
    SAMPLE,
    /// All endpoints of every region that is as good as the first, in the client's order, from
    /// which the client takes its pick: MX and SRV.
    STEPS,
    /// One record about what A and AAAA are for the same client: SVCB and HTTPS.
    BINDING;

    static Shape of(RecordType type) {
        if (type.equals(RecordType.MX) || type.equals(RecordType.SRV)) return STEPS;
        if (type.equals(RecordType.SVCB) || type.equals(RecordType.HTTPS)) return BINDING;
        return SAMPLE;
    }

    /// The types whose endpoints records of a service's type are made of.
    static List<RecordType> measured(Service service, RecordType type) {
        return of(type) == BINDING ? service.addressTypes() : List.of(type);
    }
}
