package meridian.dns.wire;

import meridian.record.DomainName;
import meridian.record.RecordType;

/// What was asked: QNAME with its case as it came, QTYPE and QCLASS.
public record Question(DomainName name, RecordType type, int dnsClass) {

    /// The Internet, the only class that has zones here.
    public static final int IN = 1;

    /// CHAOS, whose names are about the server that is asked.
    public static final int CH = 3;
}
