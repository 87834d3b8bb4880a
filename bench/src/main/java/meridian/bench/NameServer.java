package meridian.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A name server that can be raised with a [Workload] on one core.
interface NameServer {

    String name();

    /// What is measured of it: a static server cannot steer.
    Set<Measure> measures();

    /// With what it answers queries of a kind; asked for something else, it is not measured.
    default String rcode(Queries.Kind kind) {
        return kind.rcode();
    }

    /// How to get it, if it is not here.
    Optional<String> missing();

    /// As it tells it itself.
    String version() throws BenchException;

    /// How it is told to read its zone again, and where that is.
    ///
    /// @param zone its file
    /// @param command what tells it
    record Rereading(Path zone, List<String> command) {

        static Rereading byHangup(Path zone, long pid) {
            return new Rereading(zone, List.of("kill", "-HUP", Long.toString(pid)));
        }
    }

    /// Empty: there is no way that we know.
    ///
    /// @param folder in which it was prepared
    /// @param pid its process
    default Optional<Rereading> rereading(Path folder, long pid) throws BenchException {
        return Optional.empty();
    }

    /// Writes what it reads into an empty folder of its own.
    ///
    /// @return the command that runs it until it is ended, answering at this port of 127.0.0.1
    List<String> prepare(Workload workload, Path folder, int port)
            throws IOException, BenchException;
}
