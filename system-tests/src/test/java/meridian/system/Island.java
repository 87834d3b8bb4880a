package meridian.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A network namespace with a loopback device and nothing else, on which whole prefixes are at
/// home: so what runs in it has public addresses and port 53, and reaches nobody else.
final class Island implements AutoCloseable {

    /// It is there for as long as somebody runs in it: this one, until its input ends, as it does
    /// when this process dies.
    private final Process keeper;

    private Island(Process keeper) {
        this.keeper = keeper;
    }

    /// @param addresses that are at home there
    static Island with(List<String> addresses) throws IOException {
        String homes =
                addresses.stream()
                        .map(address -> "ip address add " + address + " dev lo")
                        .collect(Collectors.joining(" && "));
        String script = "ip link set lo up && " + homes + " && echo up && exec cat";
        Process keeper =
                new ProcessBuilder("unshare", "--net", "--", "sh", "-c", script)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String said = keeper.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"up".equals(said)) throw new IOException("no network namespace could be made");
        return new Island(keeper);
    }

    /// A command that is run there; it is the process that is started.
    List<String> there(List<String> command) {
        var enter = List.of("nsenter", "--target", Long.toString(keeper.pid()), "--net", "--");
        return Stream.concat(enter.stream(), command.stream()).toList();
    }

    @Override
    public void close() {
        keeper.destroyForcibly().onExit().join();
    }
}
