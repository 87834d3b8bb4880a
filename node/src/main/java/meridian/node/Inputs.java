package meridian.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/// What tells the files of a node from other ones, without reading them: their names, sizes and
/// ages, as a hash.
final class Inputs {

    private Inputs() {}

    static String of(Collection<Path> watched) {
        String marks =
                watched.stream()
                        .map(Path::toAbsolutePath)
                        .sorted()
                        .map(file -> file + " " + FileMark.of(file))
                        .collect(Collectors.joining("\n"));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(marks.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
