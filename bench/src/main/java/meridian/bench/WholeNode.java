package meridian.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// A Meridian with every role: beside answering queries it probes, and has an API.
///
/// @param launcher `./meridian`
/// @param api the port of its API
/// @param backend a port of ours that takes connections, in place of each address that it probes
record WholeNode(Path launcher, int api, int backend) implements LaunchedMeridian {

    private static final String MONITOR =
            "tcp { port = 80 }, interval = 1s, timeout = 800ms, rise = 2, fall = 2";

    @Override
    public String name() {
        return Goal.MERIDIAN;
    }

    @Override
    public List<String> prepare(Workload workload, Path folder, int port) throws IOException {
        String reach =
                Workload.REGIONS.values().stream()
                        .map(address -> "\"%s:80\" = \"127.0.0.1:%d\"".formatted(address, backend))
                        .collect(Collectors.joining(", "));
        String node =
                "dns = [\"127.0.0.1:%d\"], api = \"127.0.0.1:%d\", reach { %s }"
                        .formatted(port, api, reach);
        return Meridian.command(
                launcher, workload, folder, workload.configuration(node, "", MONITOR, ""));
    }
}
