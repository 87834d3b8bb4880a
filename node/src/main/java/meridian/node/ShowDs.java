package meridian.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import meridian.config.keyfile.KeyFolder;
import meridian.signing.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./meridian keys ds`.
@Command(
        name = "ds",
        header = "Print the DS records for the registrar.",
        description =
                "Print the DS record of each key in a folder that the parent zone can name, by SHA-256.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian keys ds --dir keys"})
final class ShowDs implements Callable<Integer> {

    private static final int HEAD = 4;

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "FOLDER",
            description = "Where the files are.")
    private Path folder = Path.of("keys");

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            List<SigningKey> keys =
                    new KeyFolder(folder).read().stream().filter(SigningKey::isEntry).toList();
            for (SigningKey key : keys) spec.commandLine().getOut().println(line(key));
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("meridian: " + e.getMessage());
            return 1;
        }
    }

    private static String line(SigningKey key) {
        byte[] digest = Arrays.copyOfRange(key.ds(), HEAD, key.ds().length);
        return "%s IN DS %d %d 2 %s"
                .formatted(
                        key.zone(),
                        key.tag(),
                        key.algorithm().number(),
                        HexFormat.of().withUpperCase().formatHex(digest));
    }
}
