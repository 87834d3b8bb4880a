package meridian.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Meridian with the zone signed, by one key of ECDSA P-256.
///
/// @param launcher `./meridian`
record SignedMeridian(Path launcher) implements NameServer {

    private static final String KEYS = "keys";

    @Override
    public String name() {
        return Goal.SIGNED;
    }

    @Override
    public Set<Measure> measures() {
        return EnumSet.of(Measure.SIGNED_GEO, Measure.SIGNED_NX);
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public String version() throws BenchException {
        return Program.said(List.of(launcher.toString(), "version")).strip();
    }

    @Override
    public List<String> prepare(Workload workload, Path folder, int port)
            throws IOException, BenchException {
        Path keys = folder.resolve(KEYS);
        Program.said(
                List.of(
                        launcher.toString(),
                        "keys",
                        "make",
                        Workload.ZONE,
                        "--csk",
                        "--dir",
                        keys.toString()));
        return Meridian.command(
                launcher, workload, folder, workload.signedConfiguration(port, KEYS));
    }
}
