package meridian.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import meridian.simulation.Campaign;
import meridian.simulation.Failure;
import meridian.simulation.Parts;
import meridian.simulation.Seed;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./meridian sim`.
@Command(
        name = "sim",
        header = "Simulate fleets in which everything goes wrong.",
        description = {
            "Run the real parts of whole fleets in one thread on simulated time, one fleet for "
                    + "each seed, with links cut, clocks wrong, processes killed, checkers that lie and "
                    + "operators who drain at the worst moment; and look after every step whether all that "
                    + "must hold does. Exits with 0 if it did, with 1 at the first seed under which it did "
                    + "not: then with the shortest schedule of faults that shows it, and its story."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: ./meridian sim --seeds 1000",
            "Example: ./meridian sim --seed 4711"
        })
final class Sim implements Callable<Integer> {

    @Option(
            names = "--seeds",
            paramLabel = "COUNT",
            description = "How many seeds to run. Default: ${DEFAULT-VALUE}.")
    private long seeds = 10_000;

    @Option(names = "--from", paramLabel = "SEED", description = "The first of them. Default: 0.")
    private long from;

    @Option(names = "--seed", paramLabel = "SEED", description = "Only this one.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--jobs",
            paramLabel = "COUNT",
            description = "How many to run at a time. Default: one for each processor.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (seeds < 1 || jobs < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seeds is " + seeds + " and --jobs is " + jobs + "; 1 or more is accepted");
        }
        // What simulated nodes log is not of this machine; the story has what matters of it.
        ((Logger) LoggerFactory.getLogger("meridian")).setLevel(Level.OFF);
        if (seed.isPresent()) return tell(seed.get());
        OptionalLong failed = campaign();
        return failed.isPresent() ? tell(failed.getAsLong()) : 0;
    }

    private int tell(long one) {
        return new Seed(one, Parts::new).failure().map(this::told).orElseGet(() -> held(one));
    }

    private OptionalLong campaign() throws InterruptedException {
        var campaign = new Campaign(from, seeds, Parts::new);
        long began = System.nanoTime();
        Thread progress = Thread.ofVirtual().start(() -> tellProgress(campaign, began));
        OptionalLong failed = campaign.run(jobs);
        progress.interrupt();
        progress.join();
        out().println(progress(campaign, began) + (failed.isPresent() ? "" : "; all held"));
        return failed;
    }

    private void tellProgress(Campaign campaign, long began) {
        try {
            while (true) {
                Thread.sleep(1_000);
                out().println(progress(campaign, began));
                out().flush();
            }
        } catch (InterruptedException _) {
            // All seeds are done.
        }
    }

    private String progress(Campaign campaign, long began) {
        double seconds = (System.nanoTime() - began) / 1e9;
        return String.format(
                Locale.ROOT,
                "%6.0f s  %d of %d seeds, %.1f a second",
                seconds,
                campaign.done(),
                seeds,
                campaign.done() / seconds);
    }

    private int held(long one) {
        out().println("seed " + one + ": all held");
        return 0;
    }

    private int told(Failure failure) {
        out().println();
        out().println("seed " + failure.seed() + " (" + failure.scenario() + ") fails");
        out().println("  " + failure.violation());
        out().println("  must hold: " + failure.violation().invariant().sentence());
        out().println();
        out().println(
                        "The shortest schedule that still fails has "
                                + failure.schedule().size()
                                + " of the seed's "
                                + failure.faults()
                                + " faults:");
        failure.schedule().forEach(line -> out().println("  " + line));
        out().println();
        out().println("What happens:");
        failure.story().forEach(line -> out().println("  " + line));
        out().println();
        out().println("Again: ./meridian sim --seed " + failure.seed());
        out().flush();
        return 1;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
