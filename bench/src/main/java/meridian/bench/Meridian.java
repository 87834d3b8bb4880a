package meridian.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Meridian, run as users do.
///
/// @param launcher `./meridian`
/// @param dns more settings of the section `dns`
record Meridian(String name, Set<Measure> measures, Path launcher, String dns)
        implements LaunchedMeridian {

    Meridian {
        measures = Set.copyOf(measures);
    }

    @Override
    public Optional<Rereading> rereading(Path folder, long pid) {
        return Optional.of(Rereading.byHangup(folder.resolve(Workload.ZONE + ".zone"), pid));
    }

    @Override
    public List<String> prepare(Workload workload, Path folder, int port) throws IOException {
        return command(launcher, workload, folder, workload.configuration(port, dns));
    }

    /// Writes what a node reads; the command that runs it.
    static List<String> command(Path launcher, Workload workload, Path folder, String configuration)
            throws IOException {
        Files.writeString(folder.resolve(Workload.ZONE + ".zone"), workload.zone());
        Files.writeString(folder.resolve("networks.txt"), workload.networksFile());
        Path config = Files.writeString(folder.resolve("meridian.conf"), configuration);
        return List.of(launcher.toString(), "run", "--config", config.toString());
    }
}
