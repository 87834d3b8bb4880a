package meridian.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// One node of a test, that is started, killed and started again under one name and at the same
/// ports.
final class FleetNode implements AutoCloseable {

    private final Path config;
    private final String name;
    private final int dnsPort;
    private final int apiPort;
    private MeridianProcess process;

    private FleetNode(Path config, String name, int dnsPort, int apiPort) throws IOException {
        this.config = config;
        this.name = name;
        this.dnsPort = dnsPort;
        this.apiPort = apiPort;
        this.process = MeridianProcess.node(config, name, folder());
    }

    /// Starts it and waits for nothing.
    static FleetNode start(Path config, String name, int dnsPort, int apiPort) throws IOException {
        return new FleetNode(config, name, dnsPort, apiPort);
    }

    /// A second life after [MeridianProcess#kill].
    void startAgain() throws IOException {
        process = MeridianProcess.node(config, name, folder());
    }

    String name() {
        return name;
    }

    MeridianProcess process() {
        return process;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), dnsPort);
    }

    DnsClient dns() {
        return new DnsClient(address());
    }

    Api api() {
        return Api.atPort(apiPort);
    }

    void awaitReady() {
        process.awaitHttp(api().root().resolve("/readyz"));
    }

    /// Until it holds all of these addresses for up, or down.
    void awaitVerdict(String verdict, List<String> addresses) {
        Fleet.await(this + " holds " + addresses + " for " + verdict)
                .until(() -> held(verdict).containsAll(addresses));
    }

    /// The addresses that it holds for up, or down.
    List<String> held(String verdict) throws IOException, InterruptedException {
        return StreamSupport.stream(
                        api().get("/v1/health").json().path("endpoints").spliterator(), false)
                .filter(one -> one.path("verdict").asText().equals(verdict))
                .map(one -> one.path("address").asText())
                .toList();
    }

    /// The addresses of an answer, as a client of this network gets it; its length is for IPv4.
    List<String> addresses(String network, int prefix, String name) throws IOException {
        Message response = dns().askFrom(network, prefix, name, Type.A);
        return response.getSection(Section.ANSWER).stream()
                .filter(ARecord.class::isInstance)
                .map(record -> ((ARecord) record).getAddress().getHostAddress())
                .toList();
    }

    private Path folder() {
        return config.toAbsolutePath().resolveSibling(".").normalize();
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
