package meridian.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A Meridian of this tree, which is never missing.
interface LaunchedMeridian extends NameServer {

    /// `./meridian`
    Path launcher();

    /// None, unless it says otherwise.
    @Override
    default Set<Measure> measures() {
        return Set.of();
    }

    @Override
    default Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    default String version() throws BenchException {
        return Program.said(List.of(launcher().toString(), "version")).strip();
    }
}
