package meridian.dns.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.dns.Client;
import meridian.dns.ResolverAddress;
import meridian.dns.Responder;
import meridian.dns.ServerCookies;
import meridian.dns.Snapshot;
import meridian.dns.StaticSteeredAnswers;
import meridian.dns.Told;
import meridian.dns.Transport;
import meridian.dns.ZoneText;
import meridian.dns.ready.FastPath;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Each file under `golden/` is a zone, questions, and the responses that we owe. `./meridian test
/// --update-golden` writes the responses anew; read the difference.
class GoldenTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final boolean UPDATE = "update".equals(System.getProperty("meridian.golden"));
    private static final ServerCookies COOKIES =
            ServerCookies.of(new byte[16], InstantSource.fixed(Instant.EPOCH));
    private static final Told TOLD =
            new Told(
                    Optional.of("use1"),
                    Optional.of("Meridian 0.1.0"),
                    (name, client, draw) -> Optional.of(explanation(name, client, draw)));
    private static final InetSocketAddress RESOLVER =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 5353);
    private static final ResolverAddress FROM = new ResolverAddress();

    static {
        FROM.set(RESOLVER);
    }

    /// One line more than the name has labels, and nine for one whose answer is long.
    private static List<String> explanation(DomainName name, Client client, long draw) {
        int lines = name.equals(DomainName.of("long.example.com")) ? 9 : 1 + name.labelCount();
        return IntStream.rangeClosed(1, lines)
                .mapToObj(
                        i ->
                                "line "
                                        + i
                                        + " of "
                                        + name
                                        + " for "
                                        + client.resolver().getHostAddress()
                                        + " "
                                        + draw)
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> everyResponseIsAsWritten() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream()
                    .map(
                            file ->
                                    DynamicTest.dynamicTest(
                                            FOLDER.relativize(file).toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException {
        String expected = Files.readString(file);
        String actual = rewritten(GoldenCase.parse(expected));
        if (UPDATE) Files.writeString(file, actual);
        else assertThat(actual).isEqualTo(expected);
    }

    private static String rewritten(GoldenCase golden) throws IOException {
        Snapshot snapshot = snapshot(golden);
        var responder =
                new Responder(
                        () -> snapshot,
                        () -> 0,
                        Responder.Limits.DEFAULT,
                        COOKIES,
                        TOLD,
                        InstantSource.system());
        var fastPath = new FastPath(() -> snapshot, responder, () -> 0);
        var responses = new ArrayList<String>();
        for (GoldenCase.Exchange exchange : golden.exchanges()) {
            responses.add(response(responder, fastPath, DigCommand.parse(exchange.command())));
        }
        return golden.text(responses);
    }

    private static Snapshot snapshot(GoldenCase golden) {
        var steered = StaticSteeredAnswers.parse(golden.steered());
        List<Zone> zones = golden.zones().stream().map(zone -> zone(zone, steered)).toList();
        return new Snapshot(new Zones(zones), steered);
    }

    private static Zone zone(GoldenCase.ZoneSection section, StaticSteeredAnswers steered) {
        var contents = ZoneText.parse(section.apex(), section.text());
        return Zone.of(
                contents,
                steered.names().stream()
                        .filter(name -> name.owner().isAtOrBelow(contents.apex()))
                        .toList());
    }

    private static String response(Responder responder, FastPath fastPath, DigCommand command)
            throws IOException {
        ByteBuffer out = ByteBuffer.allocate(0xffff);
        boolean hasResponse =
                responder.respond(command.query(), RESOLVER, command.transport(), out);
        if (command.transport() == Transport.UDP) {
            ByteBuffer fast = ByteBuffer.allocate(0xffff);
            fastPath.answer(command.query(), FROM, fast);
            assertThat(fast.flip()).as("the fast path's response").isEqualTo(out.flip());
        } else {
            out.flip();
        }
        if (!hasResponse) return ";; no response";
        byte[] octets = new byte[out.remaining()];
        out.get(octets);
        return ResponseText.of(octets);
    }
}
