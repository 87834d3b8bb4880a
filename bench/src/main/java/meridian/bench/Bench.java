package meridian.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./meridian bench`.
@Command(
        name = "./meridian bench",
        header = "Measure Meridian beside other name servers.",
        description = {
            "Raise other name servers and Meridian on loopback with the same zone, the same 250,000 client "
                    + "networks and the same queries; ask each in turn, round after round; and tell "
                    + "what each spends on a query, as a table of ratios in Markdown. A goal that is not "
                    + "met is told there, and is no failure of the command.",
            "It takes Linux, two cores with nothing else to do, and dnsperf; a peer that is not installed is named "
                    + "and left out."
        },
        mixinStandardHelpOptions = true,
        subcommands = {Micro.class, Overload.class, LargeZone.class, ManyServices.class},
        footer = {
            "",
            "Example: ./meridian bench --out table.md",
            "Example: ./meridian bench --rounds 3 --only plain,nx --peers gdnsd,floor",
            "Example: ./meridian bench zone --names 1000000",
            "Example: ./meridian bench services --services 100000"
        })
public final class Bench implements Callable<Integer> {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'");

    /// A Ctrl-C ends what we started, too, and maybe before we know of it: then that is no failure.
    private static final int SIGNAL_MILLIS = 300;

    @Option(
            names = "--rounds",
            paramLabel = "COUNT",
            description =
                    "How often each is asked; medians are of these. Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(
            names = "--seconds",
            paramLabel = "COUNT",
            description = "How long each is asked in a round. Default: ${DEFAULT-VALUE}.")
    private int seconds = 3;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description =
                    "How long Meridian is asked before, for each kind of query. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 10;

    @Option(
            names = "--only",
            paramLabel = "WORD",
            split = ",",
            description =
                    "What to measure: plain, geo, nx, cookie, tcp, workers, latency, memory. Default: all.")
    private List<String> only = List.of();

    @Option(
            names = "--peers",
            paramLabel = "WORD",
            split = ",",
            description =
                    "Beside whom: floor (the kernel's, in C), gdnsd, knot, nsd, pdns; and netty, which is "
                            + "Meridian with dns.udp = netty. Default: all but the last.")
    private List<String> peers = List.of("floor", "gdnsd", "knot", "nsd", "pdns");

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the table, too.")
    private @Nullable Path out;

    @Spec private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new Bench())
                        .setUsageHelpWidth(100)
                        .setParameterExceptionHandler(Bench::misused)
                        .execute(arguments));
    }

    private static int misused(ParameterException mistake, String[] arguments) {
        CommandLine word = mistake.getCommandLine();
        word.getErr().println("meridian: " + mistake.getMessage());
        word.getErr().println("Try: " + word.getCommandSpec().qualifiedName() + " --help");
        word.getErr().flush();
        return word.getCommandSpec().exitCodeOnInvalidInput();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<Measure> measures = measures();
        SequencedMap<String, NameServer> known = peers(launcher());
        List<NameServer> asked = new ArrayList<>();
        for (String peer : peers) asked.add(known(peer, known));
        if (rounds < 1 || seconds < 1 || warmUp < 0)
            throw mistake("--rounds and --seconds are 1 or more, --warm-up is 0 or more");
        if (Optional.ofNullable(out)
                .map(Path::toAbsolutePath)
                .map(Path::getParent)
                .filter(folder -> !Files.isWritable(folder))
                .isPresent())
            throw mistake(
                    "--out is " + out + "; a file in a folder that you may write to is accepted");
        try (Scene scene = Scene.open()) {
            return run(asked, measures, scene);
        }
    }

    private Set<Measure> measures() {
        if (only.isEmpty()) return EnumSet.allOf(Measure.class);
        Set<Measure> measures = EnumSet.noneOf(Measure.class);
        for (String word : only)
            measures.add(
                    Measure.named(word)
                            .orElseThrow(
                                    () ->
                                            mistake(
                                                    "nothing to measure is called \""
                                                            + word
                                                            + "\"; accepted are "
                                                            + Measure.words())));
        return measures;
    }

    private NameServer known(String peer, SequencedMap<String, NameServer> known) {
        NameServer server = known.get(peer);
        if (server == null)
            throw mistake(
                    "no peer is called \""
                            + peer
                            + "\"; accepted are "
                            + String.join(", ", known.keySet()));
        return server;
    }

    private ParameterException mistake(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /// The launcher says where it is.
    static Path launcher() {
        return Path.of(System.getProperty("meridian.launcher", "./meridian"));
    }

    private static SequencedMap<String, NameServer> peers(Path launcher) {
        var known = new LinkedHashMap<String, NameServer>();
        known.put("floor", new Floor());
        known.put("gdnsd", new Gdnsd());
        known.put("knot", new Knot());
        known.put("nsd", new Nsd());
        known.put("pdns", new PowerDns());
        known.put(
                "netty",
                new Meridian(
                        "Meridian by Netty",
                        EnumSet.of(Measure.PLAIN, Measure.GEO, Measure.NX),
                        launcher,
                        "udp = netty"));
        return known;
    }

    private int run(List<NameServer> asked, Set<Measure> measures, Scene scene)
            throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            Dnsperf.PROGRAM.required();
            List<NameServer> servers = servers(asked, measures, err);
            var plan = new Comparison.Plan(servers, measures, rounds, seconds, warmUp, launcher());
            String began = LocalDateTime.now(ZoneOffset.UTC).format(MINUTE);
            Results results = new Comparison(plan, scene, err).run();
            String text = new Report(circumstances(began, servers), results).text();
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
            if (out != null) Files.writeString(out, text);
            return 0;
        } catch (BenchException | IOException e) {
            Thread.sleep(SIGNAL_MILLIS);
            if (!scene.isClosed()) err.println("meridian: " + e.getMessage());
            err.flush();
            return 1;
        }
    }

    private List<NameServer> servers(
            List<NameServer> asked, Set<Measure> measures, PrintWriter err) {
        var servers = new ArrayList<NameServer>();
        servers.add(
                new Meridian(
                        Goal.MERIDIAN,
                        EnumSet.complementOf(
                                EnumSet.of(Measure.WORKERS, Measure.SIGNED_GEO, Measure.SIGNED_NX)),
                        launcher(),
                        ""));
        for (NameServer peer : asked) {
            Optional<String> missing = peer.missing();
            if (missing.isEmpty() && !Collections.disjoint(peer.measures(), measures))
                servers.add(peer);
            missing.ifPresent(how -> err.println("leaving out " + peer.name() + ": " + how));
        }
        for (SignedMeridian signed : signed())
            if (!Collections.disjoint(signed.measures(), measures)) servers.add(signed);
        if (measures.contains(Measure.WORKERS))
            servers.add(
                    new Meridian(Goal.TWO_WORKERS, EnumSet.of(Measure.WORKERS), launcher(), ""));
        return servers;
    }

    private List<SignedMeridian> signed() {
        return List.of(
                new SignedMeridian(
                        Goal.SIGNED,
                        EnumSet.of(Measure.SIGNED_GEO, Measure.SIGNED_NX),
                        "nsec",
                        launcher()),
                new SignedMeridian(
                        Goal.HASHED, EnumSet.of(Measure.SIGNED_NX), "nsec3", launcher()));
    }

    private List<String> circumstances(String began, List<NameServer> servers)
            throws BenchException {
        var versions = new ArrayList<String>();
        for (NameServer server : servers)
            if (!server.name().startsWith(Goal.MERIDIAN))
                versions.add(server.name() + " " + server.version());
        return List.of(
                "%s, `./meridian bench`; rounds: %d, each server asked for %d s in each; Meridian warmed up for %d s with each kind of query"
                        .formatted(began, rounds, seconds, warmUp),
                servers.getFirst().version(),
                "beside "
                        + String.join(", ", versions)
                        + "; asked by dnsperf "
                        + Dnsperf.PROGRAM.version("-h"),
                Machine.text());
    }
}
