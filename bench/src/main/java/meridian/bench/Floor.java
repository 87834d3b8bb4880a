package meridian.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What the kernel takes: `floor.c`, which answers everything with one address.
final class Floor implements NameServer {

    private static final Program COMPILER = new Program("gcc", "gcc libc6-dev");

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
        return COMPILER.missing();
    }

    @Override
    public String version() throws BenchException {
        return "(gcc " + COMPILER.version("--version") + ")";
    }

    @Override
    public List<String> prepare(Workload workload, Path folder, int port)
            throws IOException, BenchException {
        Path source = folder.resolve("floor.c");
        try (InputStream text = Floor.class.getResourceAsStream("floor.c")) {
            Files.copy(Objects.requireNonNull(text, "floor.c is in the jar"), source);
        }
        Path program = folder.resolve("floor");
        String said =
                Program.said(
                        List.of(
                                COMPILER.required(),
                                "-O2",
                                "-o",
                                program.toString(),
                                source.toString()));
        if (!Files.isExecutable(program)) throw new BenchException("gcc refuses floor.c: " + said);
        return List.of(program.toString(), Integer.toString(port));
    }
}
