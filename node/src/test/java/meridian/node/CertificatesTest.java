package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import meridian.config.TlsFiles;
import meridian.dns.transport.TlsIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pairs are those of the transport's tests, from 2026 to 2126.
class CertificatesTest {

    private static final Path PAIRS = Path.of("../dns-server/src/test/resources/tls");
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant AFTER_ALL = Instant.parse("2200-01-01T00:00:00Z");

    private final List<TlsIdentity> shown = new ArrayList<>();
    private final Certificates certificates = new Certificates(shown::add);
    private int changes;

    @TempDir private Path folder;

    @BeforeEach
    void first() throws IOException {
        put("tls.pem", "first.pem");
        put("tls.key", "first.key");
    }

    @Test
    void thePairIsShownAndReadOnce() {
        certificates.look(files(), NOW);
        certificates.look(files(), NOW);
        assertThat(names()).containsExactly("CN=first.example.com");
        assertThat(certificates.conditions(NOW)).isEmpty();
    }

    @Test
    void aPairThatIsRenewedIsShownFromThenOn() throws IOException {
        certificates.look(files(), NOW);
        put("tls.pem", "second.pem");
        certificates.look(files(), NOW);
        assertThat(names()).as("one half is new").containsExactly("CN=first.example.com");
        put("tls.key", "second.key");
        certificates.look(files(), NOW);
        assertThat(names()).containsExactly("CN=first.example.com", "CN=second.example.com");
        assertThat(certificates.conditions(NOW)).isEmpty();
    }

    @Test
    void aPairInOtherFilesIsShownFromThenOn() {
        certificates.look(files(), NOW);
        certificates.look(
                new TlsFiles(PAIRS.resolve("second.pem"), PAIRS.resolve("second.key")), NOW);
        assertThat(names()).containsExactly("CN=first.example.com", "CN=second.example.com");
    }

    @Test
    void aBrokenPairIsAnAlarmWithItsFileAndTheOneBeforeIsShownOn() throws IOException {
        certificates.look(files(), NOW);
        put("tls.key", "second.key");
        certificates.look(files(), NOW);
        assertThat(names()).containsExactly("CN=first.example.com");
        assertThat(texts(NOW))
                .containsExactly(
                        "the certificate is refused, and the "
                                + shown.getFirst()
                                + " goes on to be shown: "
                                + folder.resolve("tls.key")
                                + ": is not the key of the certificate for CN=first.example.com;"
                                + " the private half of its key is accepted");
        put("tls.key", "first.key");
        certificates.look(files(), NOW);
        assertThat(certificates.conditions(NOW)).isEmpty();
    }

    @Test
    void whoRenewsHasFiveSecondsToWriteBothFiles() throws IOException {
        put("tls.key", "second.key");
        certificates.look(files(), NOW);
        assertThat(certificates.conditions(NOW).getFirst().patience())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void withoutFilesNobodyIsServedEncrypted() throws IOException {
        Files.delete(folder.resolve("tls.pem"));
        certificates.look(files(), NOW);
        assertThat(texts(NOW))
                .containsExactly(
                        "the certificate is refused, and nobody is served encrypted: "
                                + folder.resolve("tls.pem")
                                + ": does not exist");
        assertThat(certificates.end()).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsRefusedToo() {
        var unusable =
                new Certificates(
                        _ -> {
                            throw new IllegalArgumentException("cannot be used: too odd");
                        });
        unusable.look(files(), NOW);
        assertThat(unusable.conditions(NOW).getFirst().text())
                .endsWith(folder.resolve("tls.pem") + ": cannot be used: too odd");
        assertThat(unusable.end()).isEmpty();
    }

    /// A folder stands for a file that may not be read yet, as there is none that root may not: it
    /// is replaced by a file of its size and age.
    @Test
    void whatCouldNotBeReadIsTriedAgainThoughItLooksTheSame() throws IOException {
        Path key = folder.resolve("tls.key");
        Path kept = folder.resolve("kept.key");
        Files.move(key, kept);
        Files.createDirectory(key);
        for (int i = 0; i < 50; i++) Files.createFile(key.resolve("a-name-that-takes-room-" + i));
        certificates.look(files(), NOW);
        assertThat(names()).isEmpty();
        assertThat(texts(NOW).getFirst()).contains(key + ": cannot be read: ");
        FileMark before = FileMark.of(key);
        pad(kept, before.size());
        Files.setLastModifiedTime(kept, Files.getLastModifiedTime(key));
        Files.move(key, folder.resolve("away"));
        Files.move(kept, key);
        assertThat(FileMark.of(key)).isEqualTo(before);
        certificates.look(files(), NOW);
        assertThat(names()).containsExactly("CN=first.example.com");
        assertThat(certificates.conditions(NOW)).isEmpty();
    }

    private static void pad(Path file, long octets) throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text + "\n".repeat((int) (octets - Files.size(file))));
    }

    @Test
    void whateverGoesWrongIsAnAlarm() {
        var defective =
                new Certificates(
                        _ -> {
                            throw new IllegalStateException("the library is closed");
                        });
        defective.look(files(), NOW);
        assertThat(defective.conditions(NOW).getFirst().text()).endsWith("the library is closed");
    }

    @Test
    void anEndedCertificateIsShownOnlyWhereThereIsNothingBetter() {
        certificates.look(files(), AFTER_ALL);
        assertThat(names()).containsExactly("CN=first.example.com");
        assertThat(certificates.conditions(AFTER_ALL).getFirst().kind())
                .isEqualTo("certificate-ended");
        Instant between = shown.getFirst().end().minusMillis(1);
        assertThat(certificates.conditions(between).getFirst().kind())
                .isEqualTo("certificate-ends");
    }

    private TlsFiles files() {
        return new TlsFiles(folder.resolve("tls.pem"), folder.resolve("tls.key"));
    }

    /// Each change is a second later than the one before, as the file system sees it.
    private void put(String file, String from) throws IOException {
        Path to = folder.resolve(file);
        Files.write(to, Files.readAllBytes(PAIRS.resolve(from)));
        Files.setLastModifiedTime(to, FileTime.from(NOW.plusSeconds(changes++)));
    }

    private List<String> names() {
        return shown.stream()
                .map(one -> one.chain().getFirst().getSubjectX500Principal().getName())
                .toList();
    }

    private List<String> texts(Instant now) {
        return certificates.conditions(now).stream().map(Alarms.Condition::text).toList();
    }
}
