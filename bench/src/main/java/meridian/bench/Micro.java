package meridian.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./meridian bench micro`.
@Command(
        name = "micro",
        header = "Measure the parts of an answer, by JMH.",
        description = {
            "Run the benchmarks of meridian.bench.micro, each in a JVM of its own, and print how "
                    + "long each takes, what processor time (cpu.norm, which holds on a busy machine "
                    + "too) and what it allocates (gc.alloc.rate.norm)."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian bench micro FastPath"})
final class Micro implements Callable<Integer> {

    @Parameters(
            paramLabel = "PATTERN",
            defaultValue = ".*",
            description = "Only those whose name has this regular expression in it. Default: all.")
    private String pattern = ".*";

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws RunnerException {
        var options =
                new OptionsBuilder()
                        .include(pattern)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(ProcessorTime.class)
                        .build();
        try {
            new Runner(options).run();
            return 0;
        } catch (NoBenchmarksException e) {
            spec.commandLine()
                    .getErr()
                    .println("meridian: no benchmark has \"" + pattern + "\" in its name");
            return 1;
        }
    }
}
