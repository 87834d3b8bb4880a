package meridian.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import meridian.config.TlsFiles;
import meridian.dns.transport.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate that a node shows, read when it starts and whenever the files change. A pair
/// that is wrong is not shown, and what was shown before goes on; only who comes encrypted ever
/// notices.
final class Certificates {

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    /// Who renews writes one file after the other.
    private static final Duration WHILE_BOTH_ARE_WRITTEN = Duration.ofSeconds(5);

    /// A certificate with less than this part of its life left should have been renewed.
    private static final int PART_OF_LIFE = 10;

    private record Marks(TlsFiles files, FileMark certificate, FileMark key) {}

    private final Consumer<TlsIdentity> show;
    private Optional<Marks> marks = Optional.empty();
    private volatile Optional<TlsIdentity> shown = Optional.empty();
    private Optional<String> refusal = Optional.empty();

    /// @param show takes what is shown from then on; refuses what it cannot use
    Certificates(Consumer<TlsIdentity> show) {
        this.show = show;
    }

    /// Reads the files if they are other than they were.
    synchronized void look(TlsFiles files, Instant now) {
        var found = new Marks(files, FileMark.of(files.certificate()), FileMark.of(files.key()));
        if (marks.filter(found::equals).isPresent()) return;
        // Before they are read: what is written meanwhile is a change that must be seen.
        marks = Optional.of(found);
        try {
            take(files, read(files), now);
            refusal = Optional.empty();
        } catch (RuntimeException e) {
            refusal = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
            if (!(e instanceof IllegalArgumentException))
                LOG.error("taking up {} failed", files.certificate(), e);
            // Leave to read a file changes neither its size nor its age.
            if (e.getCause() instanceof IOException) marks = Optional.empty();
        }
    }

    /// What the files say.
    ///
    /// @throws IllegalArgumentException with the file and what is wrong with it
    static TlsIdentity read(TlsFiles files) {
        byte[] certificate = octets(files.certificate());
        byte[] key = octets(files.key());
        var chain = naming(files.certificate(), () -> TlsIdentity.chain(certificate));
        return naming(
                files.key(), () -> new TlsIdentity(chain, TlsIdentity.key(key, chain.getFirst())));
    }

    private static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": does not exist", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static <T> T naming(Path file, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private void take(TlsFiles files, TlsIdentity next, Instant now) {
        boolean isWorse =
                !next.end().isAfter(now) && shown.filter(it -> it.end().isAfter(now)).isPresent();
        if (isWorse)
            throw new IllegalArgumentException(
                    files.certificate()
                            + ": ended at "
                            + next.end()
                            + ", and what it is to replace did not");
        naming(
                files.certificate(),
                () -> {
                    show.accept(next);
                    return next;
                });
        shown = Optional.of(next);
        LOG.info("{} is shown to those who come encrypted", next);
    }

    /// When the certificate ends that is shown, if one is.
    Optional<Instant> end() {
        return shown.map(TlsIdentity::end);
    }

    /// What is wrong with the files, and with what is shown.
    synchronized List<Alarms.Condition> conditions(Instant now) {
        var conditions = new ArrayList<Alarms.Condition>();
        refusal.ifPresent(why -> conditions.add(refused(why)));
        shown.filter(it -> it.end().isBefore(now.plus(patience(it))))
                .ifPresent(it -> conditions.add(ending(it, now)));
        return conditions;
    }

    private Alarms.Condition refused(String why) {
        String meanwhile =
                shown.map(it -> "the " + it + " goes on to be shown")
                        .orElse("nobody is served encrypted");
        return Alarms.Condition.alarm(
                        "certificate-refused",
                        "tls",
                        "the certificate is refused, and " + meanwhile + ": " + why)
                .lasting(WHILE_BOTH_ARE_WRITTEN);
    }

    private static Duration patience(TlsIdentity shown) {
        return Duration.between(shown.start(), shown.end()).dividedBy(PART_OF_LIFE);
    }

    private static Alarms.Condition ending(TlsIdentity shown, Instant now) {
        return shown.end().isAfter(now)
                ? Alarms.Condition.warning(
                        "certificate-ends", "tls", "the " + shown + " is shown and was not renewed")
                : Alarms.Condition.alarm(
                        "certificate-ended",
                        "tls",
                        "the " + shown + " is shown; clients that verify do not take it");
    }
}
