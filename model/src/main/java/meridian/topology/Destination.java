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

    /// A host that takes mail.
    record MailHost(DomainName name) implements Destination {

        public MailHost {
            checkHost(name);
        }

        @Override
        public RecordType type() {
            return RecordType.MX;
        }

        @Override
        public String toString() {
            return name.toString();
        }
    }

    /// A host and the port at which it serves.
    record Server(DomainName name, int port) implements Destination {

        public Server {
            checkHost(name);
            if (port < 1 || port > 65_535)
                throw new IllegalArgumentException(
                        name + " has port " + port + "; 1 to 65535 are accepted");
        }

        @Override
        public RecordType type() {
            return RecordType.SRV;
        }

        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    /// A host that serves by a name of its own, as SVCB and HTTPS records call it (RFC 9460).
    ///
    /// @param type SVCB or HTTPS
    record Alternative(RecordType type, DomainName name) implements Destination {

        public Alternative {
            checkHost(name);
        }

        @Override
        public String toString() {
            return name.toString();
        }
    }

    /// The root says that there is no such service (RFC 2782, RFC 7505): nothing to send anyone to.
    private static void checkHost(DomainName name) {
        if (name.isRoot() || name.isWildcard())
            throw new IllegalArgumentException(name + " is no host; the name of one is accepted");
    }
}
