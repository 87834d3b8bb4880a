package meridian.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import meridian.config.keyfile.KeyFolder;
import meridian.signing.SigningKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./meridian keys list`.
@Command(
        name = "list",
        header = "Show keys, and what each is at a moment.",
        description =
                "Show the keys in a folder, and what each is at a moment: made, published, active, "
                        + "retired or removed; and when that changes next.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian keys list --dir keys --at 2027-01-31T12:00:00Z"})
final class ListKeys implements Callable<Integer> {

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "FOLDER",
            description = "Where the files are.")
    private Path folder = Path.of("keys");

    @Option(names = "--at", paramLabel = "MOMENT", description = "Default: now.")
    private @Nullable Instant at;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Instant moment = at == null ? Instant.now() : at;
        try {
            for (SigningKey key : new KeyFolder(folder).read())
                spec.commandLine().getOut().println(line(key, moment));
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("meridian: " + e.getMessage());
            return 1;
        }
    }

    private static String line(SigningKey key, Instant at) {
        return "%s  %s  %s  %05d  %s%s"
                .formatted(
                        key.zone(),
                        key.isEntry() ? "KSK" : "ZSK",
                        key.algorithm(),
                        key.tag(),
                        key.timing().state(at).name().toLowerCase(Locale.ROOT),
                        key.timing().next(at).map(next -> ", changes at " + next).orElse(""));
    }
}
