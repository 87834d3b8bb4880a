package meridian.topology;

import java.net.Inet4Address;
import java.net.InetAddress;
import meridian.record.DomainName;
import meridian.record.RecordType;

/// What an answer points a client at.
public sealed interface Destination {

    /// The type of the record that carries it.
    RecordType type();

    record Address(InetAddress address) implements Destination {

        @Override
        public RecordType type() {
            return address instanceof Inet4Address ? RecordType.A : RecordType.AAAA;
        }

        @Override
        public String toString() {
            return AddressText.of(address);
        }
    }

    record Alias(DomainName name) implements Destination {

        @Override
        public RecordType type() {
            return RecordType.CNAME;
        }

        @Override
        public String toString() {
            return name.toString();
        }
    }
}
