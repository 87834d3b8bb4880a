package meridian.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A program in C that stands beside this class: for what Java would measure itself with.
final class CSource {

    static final Program COMPILER = new Program("gcc", "gcc libc6-dev");

    private CSource() {}

    /// Compiles it into a folder.
    ///
    /// @param name of the program, and of its source without `.c`
    static Path compiled(String name, Path folder) throws IOException, BenchException {
        Path source = folder.resolve(name + ".c");
        try (InputStream text = CSource.class.getResourceAsStream(name + ".c")) {
            Files.copy(Objects.requireNonNull(text, name + ".c is in the jar"), source);
        }
        Path program = folder.resolve(name);
        String said =
                Program.said(
                        List.of(
                                COMPILER.required(),
                                "-O2",
                                "-o",
                                program.toString(),
                                source.toString()));
        if (!Files.isExecutable(program))
            throw new BenchException("gcc refuses " + name + ".c: " + said);
        return program;
    }
}
