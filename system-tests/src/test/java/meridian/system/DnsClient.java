package meridian.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/// Asks one name server, over UDP, and over TCP where the response is truncated.
record DnsClient(InetSocketAddress server) {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int PAYLOAD = 1232;

    Message ask(String name, int type) throws IOException {
        return ask(name, type, List.of());
    }

    /// As a resolver asks that passes on where its client is (RFC 7871).
    Message askFrom(String network, int prefix, String name, int type) throws IOException {
        var subnet = new ClientSubnetOption(prefix, InetAddress.getByName(network));
        return ask(name, type, List.of(subnet));
    }

    /// As a program at this address of the machine asks.
    Message askAs(String source, String name, int type) throws IOException {
        var resolver = new SimpleResolver(server);
        resolver.setLocalAddress(InetAddress.getByName(source));
        return ask(resolver, name, type, List.of());
    }

    private Message ask(String name, int type, List<EDNSOption> options) throws IOException {
        return ask(new SimpleResolver(server), name, type, options);
    }

    private static Message ask(
            SimpleResolver resolver, String name, int type, List<EDNSOption> options)
            throws IOException {
        resolver.setTimeout(PATIENCE);
        var question = Record.newRecord(Name.fromString(name), type, DClass.IN);
        Message query = Message.newQuery(question);
        query.addRecord(new OPTRecord(PAYLOAD, 0, 0, 0, options), Section.ADDITIONAL);
        return resolver.send(query);
    }
}
