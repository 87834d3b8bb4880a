package meridian.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `./meridian rehearse`, the last step of a build: a short life of a node, so that the JDK can
/// take down which classes Meridian needs and which of its methods run hot. What it took down is
/// the AOT cache with which every later start begins (JEP 483, 514 and 515).
///
/// Two nodes read their files, listen to one another, probe the API of one, answer queries and are
/// asked by the commands of the command line. Nothing is looked at but that it all works, and it
/// ends by itself.
@Command(
        name = "rehearse",
        description = "What a build runs, so that starts are quick: a short life of a small fleet.",
        hidden = true,
        footer = {"", "Example: ./meridian rehearse"})
final class Rehearsal implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final int ROUNDS = 50;

    private static final String ZONE =
            """
            $TTL 300
            @      SOA   ns1 hostmaster 1 3600 600 86400 60
            @      NS    ns1
            @      TXT   "a rehearsal"
            ns1    A     127.0.0.1
            alias  CNAME www
            *.wild A     192.0.2.1
            """;

    private static final List<String> NAMES = List.of("www", "alias", "a.wild", "ns1", "none");
    private static final List<String> CLIENTS = List.of("23.20.0.0", "2.125.160.0", "165.21.0.0");

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("meridian-rehearsal-");
        try {
            live(folder, Ports.free());
            return 0;
        } finally {
            delete(folder);
        }
    }

    private static void live(Path folder, Ports ports) throws Exception {
        Path config = write(folder, ports);
        try (MeridianNode _ = MeridianNode.start(wish(config, "first"));
                MeridianNode _ = MeridianNode.start(wish(config, "second"))) {
            ask(ports.dns());
            awaitCluster(ports);
            command("check", config.toString());
            command("status", "--api", ports.url());
            command("explain", "www.example.test", "--from", "2.125.160.1", "--api", ports.url());
            command("drain", "west", "--for", "1m", "--reason", "rehearsal", "--api", ports.url());
            command("undrain", "west", "--api", ports.url());
        }
    }

    /// Where the nodes listen on loopback.
    private record Ports(int dns, int api, int first, int second) {

        static Ports free() throws IOException {
            return new Ports(freePort(), freePort(), freePort(), freePort());
        }

        /// Free a moment ago; should another process take it, there is no cache this time.
        private static int freePort() throws IOException {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        String url() {
            return "http://127.0.0.1:" + api;
        }
    }

    private static Path write(Path folder, Ports ports) throws IOException {
        Path key = folder.resolve("cluster.key");
        Files.writeString(key, HexFormat.of().formatHex(new byte[32]));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("example.test.zone"), ZONE);
        return Files.writeString(folder.resolve("meridian.conf"), text(ports));
    }

    private static String text(Ports ports) {
        return """
        data-directory = data
        cluster { key-file = "cluster.key" }
        nodes {
          first { region = east, dns = ["127.0.0.1:%d"], api = "127.0.0.1:%d", cluster = "127.0.0.1:%d" }
          second { region = west, roles = [checker], cluster = "127.0.0.1:%d" }
        }
        regions {
          east { location = [38.9, -77.0] }
          west { location = [53.3, -6.2] }
        }
        monitors { live { http { path = "/livez", port = %d }, interval = 200ms, timeout = 100ms } }
        zones { "example.test" { file = "example.test.zone" } }
        services {
          www {
            names = ["www.example.test"]
            monitor = live
            pools {
              east { endpoints = [{ v4 = "127.0.0.1" }] }
              west { endpoints = [{ v4 = "127.0.0.2" }] }
            }
            steer = [{ to = [nearest] }]
          }
        }
        """
                .formatted(ports.dns(), ports.api(), ports.first(), ports.second(), ports.api());
    }

    private static NodeOptions.Wish wish(Path config, String node) {
        return new NodeOptions.Wish(
                Optional.of(config),
                Optional.of(node),
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static void awaitCluster(Ports ports)
            throws ApiClient.FailedException, InterruptedException {
        var client = new ApiClient(URI.create(ports.url()), Optional.empty());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!client.text("/metrics", Map.of()).contains("meridian_cluster_members 2")) {
            if (System.nanoTime() - deadline > 0)
                throw new IllegalStateException(
                        "the nodes of the rehearsal do not hear one another");
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static void ask(int port) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var udp = new SimpleResolver(address);
        var tcp = new SimpleResolver(address);
        tcp.setTCP(true);
        for (int round = 0; round < ROUNDS; round++) askAll(round % 10 == 0 ? tcp : udp);
    }

    private static void askAll(Resolver server) throws IOException {
        for (String name : NAMES) {
            for (String client : CLIENTS) server.send(query(name, client));
        }
    }

    private static Message query(String name, String client) throws IOException {
        Name owner = Name.fromString(name + ".example.test.");
        Message query = Message.newQuery(Record.newRecord(owner, Type.A, DClass.IN));
        query.addRecord(
                new OPTRecord(
                        1232,
                        0,
                        0,
                        0,
                        List.of(new ClientSubnetOption(24, InetAddress.getByName(client)))),
                Section.ADDITIONAL);
        return query;
    }

    /// What it printed.
    private static String command(String... words) {
        var out = new StringWriter();
        CommandLine line = Main.commandLine(words).setOut(new PrintWriter(out, true));
        int status = line.execute(words);
        if (status != 0)
            throw new IllegalStateException(String.join(" ", words) + " ended with " + status);
        return out.toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(one);
        }
    }
}
