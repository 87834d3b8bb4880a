package meridian.node;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./meridian version`.
@Command(
        name = "version",
        header = "Print the version.",
        description = "Print the version of Meridian and of the Java that runs it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example: ./meridian version"})
final class Version implements Callable<Integer>, IVersionProvider {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().printVersionHelp(spec.commandLine().getOut());
        return 0;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "Meridian "
                    + number()
                    + " on Java "
                    + Runtime.version()
                    + " ("
                    + System.getProperty("os.name")
                    + ", "
                    + System.getProperty("os.arch")
                    + ")"
        };
    }

    /// The jar knows its version; classes run from an IDE do not.
    static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
