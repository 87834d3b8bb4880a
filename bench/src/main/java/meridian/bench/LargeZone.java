package meridian.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./meridian bench zone`.
@Command(
        name = "zone",
        header = "Measure what a large zone costs, beside other name servers.",
        description = {
            "Start each server on one core with a zone of so many names of one address each, round after round, "
                    + "and tell what processor time it has taken when it first answers, and what is resident then; "
                    + "then let it read the zone again, changed, and tell how long a query waited at most meanwhile. "
                    + "Meridian is started with a zone of one name as well: what is more than that is the zone's."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian bench zone --names 1000000"})
final class LargeZone implements Callable<Integer> {

    /// So few that they cost nothing; Knot refuses none.
    private static final int NETWORKS = 100;

    @Option(
            names = "--names",
            paramLabel = "COUNT",
            description = "How many names the zone has. Default: ${DEFAULT-VALUE}.")
    private int names = 1_000_000;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            description =
                    "How often each is started; medians are of these. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Spec private CommandSpec spec;

    /// What one start took.
    private record Start(double seconds, double megabytes, Optional<Reread> reread) {

        static Start of(Served served) throws BenchException {
            return new Start(
                    served.cpuMicros() / 1e6, served.residentMegabytes(), Optional.empty());
        }

        Start with(Optional<Reread> its) {
            return new Start(seconds, megabytes, its);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (names < 1 || rounds < 1)
            throw new ParameterException(spec.commandLine(), "--names and --rounds are 1 or more");
        PrintWriter err = spec.commandLine().getErr();
        try {
            spec.commandLine().getOut().print(table(measured(err)));
            spec.commandLine().getOut().flush();
            return 0;
        } catch (BenchException e) {
            err.println("meridian: " + e.getMessage());
            return 1;
        }
    }

    private Map<String, List<Start>> measured(PrintWriter err)
            throws IOException, BenchException, InterruptedException {
        Workload large = Workload.of(new Workload.Size(NETWORKS, names, 1));
        Workload small = Workload.of(new Workload.Size(NETWORKS, 1, 1));
        Cores cores = Cores.one(Runtime.getRuntime().availableProcessors());
        var starts = new LinkedHashMap<String, List<Start>>();
        for (int round = 1; round <= rounds; round++) {
            for (NameServer server : servers(round == 1 ? Optional.of(err) : Optional.empty()))
                starts.computeIfAbsent(server.name(), _ -> new ArrayList<>())
                        .add(startAndReread(server, large, cores));
            starts.computeIfAbsent(Goal.MERIDIAN + ", a zone of one name", _ -> new ArrayList<>())
                    .add(start(meridian(), small, cores));
        }
        return starts;
    }

    private static NameServer meridian() {
        return new Meridian(Goal.MERIDIAN, Set.of(), Bench.launcher(), "");
    }

    private static List<NameServer> servers(Optional<PrintWriter> err) {
        var servers = new ArrayList<>(List.of(meridian()));
        for (NameServer peer : List.of(new Gdnsd(), new Knot(), new Nsd())) {
            Optional<String> missing = peer.missing();
            if (missing.isEmpty()) servers.add(peer);
            else
                err.ifPresent(
                        to -> to.println("leaving out " + peer.name() + ": " + missing.get()));
        }
        return servers;
    }

    private static Start start(NameServer server, Workload workload, Cores cores)
            throws IOException, BenchException, InterruptedException {
        try (Scene scene = Scene.open()) {
            return Start.of(Served.start(server, workload, cores, scene));
        }
    }

    private static Start startAndReread(NameServer server, Workload workload, Cores cores)
            throws IOException, BenchException, InterruptedException {
        try (Scene scene = Scene.open()) {
            Served served = Served.start(server, workload, cores, scene);
            return Start.of(served).with(Reread.of(served, scene));
        }
    }

    private String table(Map<String, List<Start>> starts) {
        var table = new StringBuilder();
        table.append(
                "| a zone of %,d names | processor time to the first answer, s | | resident, MB | "
                                .formatted(names)
                        + "longest wait while it reads again, ms | | before that, ms | "
                        + "until what is new is answered, s |\n|---|---|---|---|---|---|---|---|\n");
        starts.forEach((name, those) -> table.append(row(name, those)));
        return table.toString();
    }

    private static String row(String name, List<Start> starts) {
        Median seconds = median(starts, Start::seconds);
        return "| %s | %.1f | %.1f to %.1f | %.0f | %s |\n"
                .formatted(
                        name,
                        seconds.middle(),
                        seconds.lowest(),
                        seconds.highest(),
                        median(starts, Start::megabytes).middle(),
                        rereads(starts.stream().flatMap(it -> it.reread().stream()).toList()));
    }

    private static String rereads(List<Reread> all) {
        if (all.isEmpty()) return "| | |";
        Median longest = median(all, Reread::longestMillis);
        return "%.0f | %.0f to %.0f | %.0f | %.1f"
                .formatted(
                        longest.middle(),
                        longest.lowest(),
                        longest.highest(),
                        median(all, Reread::quietMillis).middle(),
                        median(all, Reread::seconds).middle());
    }

    private static <T> Median median(List<T> all, ToDoubleFunction<T> what) {
        return Median.of(all.stream().map(what::applyAsDouble).toList());
    }
}
