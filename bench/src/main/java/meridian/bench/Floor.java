package meridian.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the kernel takes: `floor.c`, which answers everything with one address.
final class Floor implements NameServer {

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public Set<Measure> measures() {
        return EnumSet.of(Measure.PLAIN, Measure.GEO, Measure.NX);
    }

    @Override
    public String rcode(Queries.Kind kind) {
        return "NOERROR";
    }

    @Override
    public Optional<String> missing() {
        return CSource.COMPILER.missing();
    }

    @Override
    public String version() throws BenchException {
        return "(gcc " + CSource.COMPILER.version("--version") + ")";
    }

    @Override
    public List<String> prepare(Workload workload, Path folder, int port)
            throws IOException, BenchException {
        Path program = CSource.compiled("floor", folder);
        return List.of(program.toString(), Integer.toString(port));
    }
}
