package meridian.bench;

import java.util.ArrayList;
import java.util.List;

/// Which cores a server has, and which one asks it: so neither takes the other's time.
record Cores(String server, String generator) {

    private static final Program TASKSET = new Program("taskset", "util-linux");

    /// @param have how many this machine has
    static Cores one(int have) throws BenchException {
        if (have < 2)
            throw new BenchException(
                    "this machine has one core; two are needed, for a server and for who asks it");
        return new Cores("0", "1");
    }

    /// Two for the server. Where there is no third one, who asks has half of the second.
    static Cores two(int have) {
        return new Cores("0,1", have > 2 ? "2" : "1");
    }

    List<String> serverCommand(List<String> command) throws BenchException {
        return on(server, command);
    }

    List<String> generatorCommand(List<String> command) throws BenchException {
        return on(generator, command);
    }

    private static List<String> on(String cores, List<String> command) throws BenchException {
        var pinned = new ArrayList<>(List.of(TASKSET.required(), "-c", cores));
        pinned.addAll(command);
        return pinned;
    }
}
