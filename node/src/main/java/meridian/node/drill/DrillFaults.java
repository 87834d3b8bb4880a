package meridian.node.drill;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import meridian.node.drill.Trial.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./meridian drill faults`.
@Command(
        name = "faults",
        header = "Break a laboratory in every way there is, and count wrong answers.",
        description = {
            "Break a laboratory in every way there is, one after the other, with 50 queries a "
                    + "second to each name server for clients of all regions. Meanwhile one region's "
                    + "backends are killed, and the region that is broken is drained. No answer may be "
                    + "empty, an error, or lead to a dead or drained region beyond the rules' limits. "
                    + "Time-outs are counted by themselves."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: ./meridian drill faults --for 30",
            "Example: ./meridian drill faults --only one-way-cut,node-frozen"
        })
final class DrillFaults implements Callable<Integer> {

    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final String REASON = "a drill";

    @Option(
            names = "--lab",
            paramLabel = "NAME",
            defaultValue = Lab.USUAL_NAME,
            description = "The laboratory; default: ${DEFAULT-VALUE}.")
    private String name = Lab.USUAL_NAME;

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long each fault lasts; default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--only",
            paramLabel = "FAULT",
            split = ",",
            description = "Only these; --list says which there are.")
    private List<String> only = List.of();

    @Option(names = "--list", description = "Say which faults there are, and do nothing.")
    private boolean list;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            for (Fault fault : Fault.values()) out.printf("%-16s %s%n", fault.word(), fault.says());
            return 0;
        }
        try {
            return drill(faults(), out);
        } catch (DrillException e) {
            spec.commandLine().getErr().println("meridian: " + e.getMessage());
            return 1;
        }
    }

    private List<Fault> faults() throws DrillException {
        List<String> known = Arrays.stream(Fault.values()).map(Fault::word).toList();
        for (String word : only)
            if (!known.contains(word))
                throw new DrillException(
                        "there is no fault \""
                                + word
                                + "\"; there are "
                                + String.join(", ", known));
        return Arrays.stream(Fault.values())
                .filter(fault -> only.isEmpty() || only.contains(fault.word()))
                .toList();
    }

    private int drill(List<Fault> faults, PrintWriter out)
            throws DrillException, InterruptedException {
        if (seconds < 1)
            throw new DrillException("--for is " + seconds + " seconds; 1 or more are accepted");
        Lab lab = Lab.named(name);
        Grounds grounds = Grounds.of(lab.configuration(), Optional.empty());
        Fault.Roles roles = roles(grounds);
        String token = lab.token();
        NodeApi api = new NodeApi(server(grounds, roles.live()).api(), Optional.of(token));
        try (Crowd crowd = Crowd.gather(grounds, List.of(), PERIOD)) {
            out.printf(
                    "odd (broken and drained): %s; dead (its backends are killed): %s; live: %s%n",
                    roles.odd(), roles.dead(), roles.live());
            begin(api, roles);
            crowd.forget();
            Thread.sleep(Trial.CALM);
            var table = new FaultTable(out);
            table.head();
            boolean good = true;
            for (Fault fault : faults) {
                Outcome outcome =
                        new Trial(lab, grounds, token, roles, crowd)
                                .run(fault, Duration.ofSeconds(seconds));
                table.row(outcome);
                good &= outcome.isGood();
            }
            table.foot(good);
            return good ? 0 : 1;
        } finally {
            end(lab, api, roles);
        }
    }

    /// The odd region is drained from before to after, so that every restart must remember it.
    private static void begin(NodeApi api, Fault.Roles roles)
            throws DrillException, InterruptedException {
        try {
            int status = api.drain(roles.odd(), REASON);
            if (status / 100 != 2)
                throw new DrillException(
                        "the drain of " + roles.odd() + " was answered with " + status);
            Thread.sleep(Duration.ofSeconds(1));
        } catch (IOException e) {
            throw new DrillException("no node answers at " + api.address() + ": " + e.getMessage());
        }
    }

    private static void end(Lab lab, NodeApi api, Fault.Roles roles)
            throws DrillException, InterruptedException {
        try {
            api.undrain(roles.odd());
        } catch (IOException e) {
            throw new DrillException("the drain could not be ended: " + e.getMessage());
        } finally {
            lab.run(List.of("heal"));
        }
    }

    private static Grounds.Server server(Grounds grounds, String region) {
        return grounds.servers().stream()
                .filter(server -> server.region().equals(region))
                .findFirst()
                .orElseThrow();
    }

    private static Fault.Roles roles(Grounds grounds) throws DrillException {
        Set<String> backed = grounds.answered().keySet();
        List<String> regions =
                grounds.servers().stream()
                        .map(Grounds.Server::region)
                        .distinct()
                        .filter(backed::contains)
                        .collect(Collectors.toList());
        if (regions.size() < 3)
            throw new DrillException(
                    "a drill of faults takes three regions, one to break, one to kill and one to live; there are "
                            + regions.size());
        return new Fault.Roles(regions.get(0), regions.get(1), regions.get(2));
    }
}
