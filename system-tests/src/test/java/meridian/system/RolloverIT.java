package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Keys that are rolled by the times in their files, on days to come: the node's clock is shifted,
/// and unbound validates for the same moment.
@Needs({Tool.UNBOUND, Tool.FAKETIME})
class RolloverIT {

    private static final DateTimeFormatter IN_FILE =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final int port = FreePorts.take();

    @TempDir private Path folder;

    @Test
    void theKeyOfAZoneIsFollowedByOneThatWasPublishedBefore() throws Exception {
        String ds = dsAfter(make());
        Path old = stem(256);
        Path next = make("--zsk", "--activate", in(10).toString());
        write(old, "Inactive", 10);
        write(old, "Delete", 20);

        on(5, ds, Set.of(257, 256), tag(old), 3);
        on(11, ds, Set.of(257, 256), tag(next), 3);
        on(21, ds, Set.of(257, 256), tag(next), 2);
    }

    @Test
    void theKeyThatTheParentNamesIsFollowedByOneThatSignsBesideIt() throws Exception {
        String oldDs = dsAfter(make("--csk"));
        Path old = stem(257);
        Path next = make("--csk");
        String nextDs =
                keys("ds")
                        .lines()
                        .filter(line -> !line.strip().equals(oldDs))
                        .findFirst()
                        .orElseThrow()
                        .strip();
        write(old, "Inactive", 10);
        write(old, "Delete", 10);

        on(2, oldDs, Set.of(257), tag(old), 2);
        on(2, nextDs, Set.of(257), tag(next), 2);
        on(11, nextDs, Set.of(257), tag(next), 1);
    }

    /// What the validator finds on a day to come.
    ///
    /// @param ds the one that the parent has
    /// @param flags of the keys in the zone
    /// @param signer one of the keys that have signed an address
    /// @param keys that are in the zone
    private void on(int day, String ds, Set<Integer> flags, int signer, int keys)
            throws IOException {
        configure();
        try (MeridianProcess node =
                MeridianProcess.ahead(folder.resolve("meridian.conf"), "+" + day + "d", folder)) {
            node.awaitDns(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            try (Unbound unbound = Unbound.validating(folder, port, ds, in(day))) {
                Message dnskey = secure(unbound, "example.com.", Type.DNSKEY);
                List<DNSKEYRecord> found =
                        dnskey.getSection(Section.ANSWER).stream()
                                .filter(DNSKEYRecord.class::isInstance)
                                .map(DNSKEYRecord.class::cast)
                                .toList();
                assertThat(found).as("keys on day %d", day).hasSize(keys);
                assertThat(found.stream().map(DNSKEYRecord::getFlags).collect(Collectors.toSet()))
                        .isEqualTo(flags);
                secure(unbound, "www.example.com.", Type.A);
                secure(unbound, "mail.example.com.", Type.TXT);
                secure(unbound, "nowhere.example.com.", Type.A);
                assertThat(signers(unbound.askForSignatures("mail.example.com.", Type.A)))
                        .as("who signs on day %d", day)
                        .contains(signer);
            }
        }
    }

    private static List<Integer> signers(Message answer) {
        var tags = new ArrayList<Integer>();
        for (Record one : answer.getSection(Section.ANSWER))
            if (one instanceof RRSIGRecord rrsig) tags.add(rrsig.getFootprint());
        return tags;
    }

    private static Message secure(Unbound unbound, String name, int type) throws IOException {
        Message answer = unbound.ask(name, type);
        assertThat(answer.getHeader().getFlag(Flags.AD)).as("%s", answer).isTrue();
        return answer;
    }

    private Instant in(int days) {
        return now.plus(Duration.ofDays(days));
    }

    private void configure() throws IOException {
        Files.writeString(folder.resolve("example.com.zone"), Zones.SMALL);
        Files.writeString(
                folder.resolve("meridian.conf"),
                """
                nodes { solo { region = us-east, roles = [dns], dns = ["127.0.0.1:%d"] } }
                regions { us-east { location = [38.9, -77.0] } }
                zones { "example.com" { file = "example.com.zone", dnssec { keys = "keys" } } }
                services {
                  www { names = ["www.example.com"], pools { us-east { endpoints = [{ v4 = "192.0.2.1" }] } } }
                }
                """
                        .formatted(port));
    }

    /// The files of a new key, without their endings; of a pair the last one's.
    private Path make(String... more) throws Exception {
        var words = new ArrayList<String>(List.of("make", "example.com"));
        words.addAll(List.of(more));
        return Path.of(keys(words.toArray(String[]::new)).strip().lines().toList().getLast());
    }

    private String dsAfter(Path made) throws Exception {
        assertThat(made).isNotNull();
        return keys("ds").strip();
    }

    private String keys(String... words) throws Exception {
        var command = new ArrayList<String>(List.of("keys"));
        command.addAll(List.of(words));
        command.addAll(List.of("--dir", folder.resolve("keys").toString()));
        Run run = Run.meridian(folder, command.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    /// Of the only key with these flags.
    private Path stem(int flags) throws IOException {
        try (var files = Files.list(folder.resolve("keys"))) {
            return files.filter(file -> file.toString().endsWith(".key"))
                    .filter(file -> contains(file, " DNSKEY " + flags + " "))
                    .map(file -> Path.of(file.toString().replaceFirst("\\.key$", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path stem, String what, int days) throws IOException {
        Files.writeString(
                Path.of(stem + ".private"),
                what + ": " + IN_FILE.format(in(days)) + "\n",
                StandardOpenOption.APPEND);
    }

    /// As it is in the file's name: `Kexample.com.+013+04321`.
    private static int tag(Path stem) {
        String name = stem.getFileName().toString();
        return Integer.parseInt(name.substring(name.lastIndexOf('+') + 1));
    }
}
