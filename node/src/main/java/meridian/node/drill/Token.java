package meridian.node.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a program shows the API of a node.
final class Token {

    private Token() {}

    /// From a file, or from `MERIDIAN_TOKEN`.
    ///
    /// @throws DrillException if the file cannot be read
    static Optional<String> of(@Nullable Path file) throws DrillException {
        if (file == null) return Optional.ofNullable(System.getenv("MERIDIAN_TOKEN"));
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new DrillException("the token cannot be read: " + e.getMessage());
        }
    }
}
