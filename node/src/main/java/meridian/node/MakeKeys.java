package meridian.node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import meridian.config.keyfile.KeyFile;
import meridian.config.keyfile.KeyFolder;
import meridian.config.keyfile.KeyMaker;
import meridian.record.DomainName;
import meridian.signing.Algorithm;
import meridian.signing.KeyTiming;
import meridian.signing.SigningKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./meridian keys make`.
@Command(
        name = "make",
        header = "Make the keys of a zone.",
        description = {
            "Make the keys of a zone: one that the parent names (KSK) and one that signs the zone (ZSK), "
                    + "or one for both.",
            "Moments are in UTC, as in 2027-01-31T12:00:00Z."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian keys make example.com --dir keys --csk"})
final class MakeKeys implements Callable<Integer> {

    @Parameters(paramLabel = "ZONE", description = "The zone's name.")
    private String zone = "";

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "FOLDER",
            description = "Where the files go.")
    private Path folder = Path.of("keys");

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "ecdsap256sha256 (13), the default, or ed25519 (15).")
    private Algorithm algorithm = Algorithm.ECDSAP256SHA256;

    @ArgGroup private @Nullable Kind kind;

    @Option(names = "--publish", paramLabel = "MOMENT", description = "Default: now.")
    private @Nullable Instant publish;

    @Option(
            names = "--activate",
            paramLabel = "MOMENT",
            description = "From when it signs. Default: when it is published.")
    private @Nullable Instant activate;

    @Spec private CommandSpec spec;

    /// Which keys, if not a pair.
    private static final class Kind {
        @Option(
                names = "--csk",
                description = "One with flags 257 alone: a CSK, or the next KSK of a pair.")
        private boolean csk;

        @Option(names = "--zsk", description = "One with flags 256 alone: the next ZSK.")
        private boolean zsk;

        List<Integer> flags() {
            var flags = new ArrayList<Integer>();
            if (csk) flags.add(SigningKey.ENTRY_FLAG);
            if (zsk) flags.add(SigningKey.ZONE_FLAG);
            return flags;
        }
    }

    @Override
    public Integer call() {
        Instant now = Instant.now();
        List<Integer> flags =
                kind == null ? List.of(SigningKey.ENTRY_FLAG, SigningKey.ZONE_FLAG) : kind.flags();
        try {
            for (int each : flags) make(DomainName.of(zone), each, now);
            return 0;
        } catch (IllegalArgumentException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed("cannot write in " + folder + ": " + e.getMessage());
        }
    }

    private void make(DomainName apex, int flags, Instant now) throws IOException {
        Instant from = publish == null ? now : publish;
        boolean isEntry = flags == SigningKey.ENTRY_FLAG;
        var timing =
                new KeyTiming(
                        Optional.of(from),
                        Optional.of(activate == null ? from : activate),
                        Optional.empty(),
                        Optional.empty(),
                        isEntry ? Optional.of(from) : Optional.empty(),
                        Optional.empty());
        SigningKey key = KeyMaker.make(apex, flags, algorithm, timing);
        new KeyFolder(folder).add(key, now);
        spec.commandLine().getOut().println(folder.resolve(KeyFile.stem(key)));
    }

    private int failed(String why) {
        spec.commandLine().getErr().println("meridian: " + why);
        return 1;
    }
}
