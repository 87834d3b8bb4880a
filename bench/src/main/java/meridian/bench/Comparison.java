package meridian.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meridian.bench.Queries.Kind;
import meridian.bench.Results.Cell;

/// Every server in turn, in each round anew: so what disturbs the machine for a while disturbs all
/// of them, and ratios hold where no figure does.
///
/// ```
/// raise all -> warm up Meridian -> see that each answers as it must
///     -> round: for each measure, for each server: ask for some seconds, and read its processor time
/// ```
final class Comparison {

    private static final int CHECK_SECONDS = 1;

    /// Whose load is halved for [Measure#LATENCY], if it is here.
    private static final String USUAL = "gdnsd";

    private static final double MOST_LOST = 0.001;

    private final Plan plan;
    private final Scene scene;
    private final Path queries;
    private final PrintWriter progress;
    private final Workload workload = Workload.of(Workload.Size.FULL);
    private final Results results = new Results();
    private final Map<String, Double> rates = new HashMap<>();

    /// What to do.
    ///
    /// @param measures of these, those that a server has
    /// @param seconds that each server is asked in each round, for each measure
    /// @param warmUp seconds that Meridian is asked of each kind of query before it is measured: so
    ///   long does Java compile what runs hot
    record Plan(
            List<NameServer> servers,
            Set<Measure> measures,
            int rounds,
            int seconds,
            int warmUp,
            Path launcher) {

        Plan {
            servers = List.copyOf(servers);
            measures = Set.copyOf(measures);
        }
    }

    Comparison(Plan plan, Scene scene, PrintWriter progress) {
        this.plan = plan;
        this.scene = scene;
        this.queries = scene.folder();
        this.progress = progress;
    }

    Results run() throws IOException, BenchException, InterruptedException {
        new Queries(workload).write(queries);
        int cores = Runtime.getRuntime().availableProcessors();
        var raised = new ArrayList<Served>();
        for (NameServer server : plan.servers()) {
            tell("raising " + server.name());
            boolean hasTwo = server.measures().contains(Measure.WORKERS);
            Cores its = hasTwo ? Cores.two(cores) : Cores.one(cores);
            raised.add(Served.start(server, workload, its, scene));
        }
        for (Served served : raised) if (served.server() instanceof Meridian) warmUp(served);
        for (Served served : raised) check(served);
        for (int round = 1; round <= plan.rounds(); round++) round(round, raised);
        if (plan.measures().contains(Measure.MEMORY)) memory(raised);
        return results;
    }

    private void warmUp(Served served) throws BenchException {
        tell("warming up " + served.server().name());
        for (Measure measure : measures(served))
            if (measure.isCost() && plan.warmUp() > 0) ask(served, measure, plan.warmUp());
    }

    /// Who is asked for something else than it can give would look fast.
    private void check(Served served) throws BenchException {
        for (Measure measure : measures(served)) {
            if (measure == Measure.MEMORY) continue;
            Dnsperf.Counts counts = ask(served, measure, CHECK_SECONDS);
            String rcode = served.server().rcode(measure.kind());
            if (!counts.areAll(rcode))
                throw new BenchException(
                        "%s answers %s with %s, and not with %s alone"
                                .formatted(
                                        served.server().name(),
                                        measure.title(),
                                        counts.rcodes(),
                                        rcode));
            if (measure.kind() == Kind.STEERED)
                rates.put(served.server().name(), counts.perSecond());
        }
    }

    private List<Measure> measures(Served served) {
        return plan.measures().stream()
                .filter(served.server().measures()::contains)
                .sorted()
                .toList();
    }

    private void round(int round, List<Served> raised) throws BenchException {
        for (Measure measure : Measure.values()) {
            if (!plan.measures().contains(measure) || measure == Measure.MEMORY) continue;
            var told = new StringBuilder();
            for (Served served : raised) {
                if (!measures(served).contains(measure)) continue;
                double value = measure == Measure.LATENCY ? p99(served) : cost(served, measure);
                results.add(new Cell(served.server().name(), measure), value);
                told.append(
                        "%s %s %.2f"
                                .formatted(
                                        told.isEmpty() ? "" : ",", served.server().name(), value));
            }
            if (!told.isEmpty())
                tell(
                        "round %d of %d, %s:%s %s"
                                .formatted(
                                        round,
                                        plan.rounds(),
                                        measure.title(),
                                        told,
                                        measure.unit()));
        }
    }

    private double cost(Served served, Measure measure) throws BenchException {
        long before = served.cpuMicros();
        Dnsperf.Counts counts = ask(served, measure, plan.seconds());
        long spent = served.cpuMicros() - before;
        tellLost(served, counts.lost(), counts.lost() + counts.completed());
        return (double) spent / counts.completed();
    }

    private Dnsperf.Counts ask(Served served, Measure measure, int seconds) throws BenchException {
        List<String> command =
                Dnsperf.command(
                        served.port(),
                        queries.resolve(measure.kind().file()),
                        measure == Measure.TCP,
                        seconds);
        try {
            return Dnsperf.Counts.of(scene.run(served.cores().generatorCommand(command)));
        } catch (BenchException e) {
            throw new BenchException(
                    served.server().name() + ", " + measure.title() + ": " + e.getMessage());
        }
    }

    private void tellLost(Served served, long lost, long sent) {
        if (lost > MOST_LOST * sent)
            tell("%s lost %d of %d".formatted(served.server().name(), lost, sent));
    }

    private double p99(Served served) throws BenchException {
        double full = rates.getOrDefault(USUAL, rates.values().stream().findFirst().orElseThrow());
        List<String> command =
                OpenLoop.command(
                        served.port(),
                        queries.resolve(Measure.LATENCY.kind().file()),
                        Math.round(full / 2),
                        plan.seconds());
        var latency = OpenLoop.Latency.of(scene.run(served.cores().generatorCommand(command)));
        tellLost(served, latency.sent() - latency.answered(), latency.sent());
        return latency.p99Micros();
    }

    private void memory(List<Served> raised)
            throws IOException, BenchException, InterruptedException {
        for (Served served : raised)
            if (served.server().measures().contains(Measure.MEMORY))
                results.add(
                        new Cell(served.server().name(), Measure.MEMORY),
                        served.residentMegabytes());
        fresh(Goal.LOADED, workload);
        fresh(Goal.BARE, Workload.of(Workload.Size.BARE));
    }

    /// A node that has answered plain queries for as long as a warm-up takes.
    private void fresh(String name, Workload with)
            throws IOException, BenchException, InterruptedException {
        var server = new Meridian(name, Set.of(Measure.MEMORY), plan.launcher(), "");
        Served served =
                Served.start(
                        server, with, Cores.one(Runtime.getRuntime().availableProcessors()), scene);
        ask(served, Measure.PLAIN, Math.max(1, plan.warmUp()));
        results.add(new Cell(name, Measure.MEMORY), served.residentMegabytes());
    }

    private void tell(String line) {
        progress.println(line);
        progress.flush();
    }
}
