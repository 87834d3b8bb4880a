package meridian.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Meridian with the zone signed, by one key of ECDSA P-256.
///
/// @param measures that it is asked for
/// @param denial by what it shows what there is not, in the configuration's words
/// @param launcher `./meridian`
record SignedMeridian(String name, Set<Measure> measures, String denial, Path launcher)
        implements LaunchedMeridian {

    private static final String KEYS = "keys";

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
                launcher, workload, folder, workload.signedConfiguration(port, KEYS, denial));
    }
}
