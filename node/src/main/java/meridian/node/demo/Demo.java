package meridian.node.demo;

import java.io.Console;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./meridian demo`.
@Command(
        name = "demo",
        header = "Start three nodes on this machine, and watch what happens when things break.",
        description = {
            "Start three nodes in three regions on this machine, with web servers behind them, "
                    + "and watch what becomes of clients when a region dies, is drained, or a node is "
                    + "killed. Runs until Ctrl-C."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./meridian demo --exit"})
public final class Demo implements Callable<Integer> {

    @Option(
            names = "--exit",
            description =
                    "End after the story, with 0 if every step came out as told, else with 1.")
    private boolean exit;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var screen = new Screen(spec.commandLine().getOut(), isStyled());
        try (var fleet = new DemoFleet(new Launch(spec.root().userObject().getClass()))) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> end(screen, fleet), "end of the demo"));
            var story = new Story(fleet, screen);
            boolean asTold = story.tell();
            if (exit || !story.runs()) return asTold ? 0 : 1;
            story.whatNext();
            new CountDownLatch(1).await();
            return 0;
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("meridian: the demo cannot start: " + e.getMessage());
            return 1;
        }
    }

    /// Ctrl-C leads here, wherever the story is.
    private static void end(Screen screen, DemoFleet fleet) {
        screen.close();
        fleet.close();
    }

    /// For a person, unless he wants it plain (https://no-color.org).
    private static boolean isStyled() {
        boolean plain =
                Optional.ofNullable(System.getenv("NO_COLOR"))
                        .filter(value -> !value.isEmpty())
                        .isPresent();
        return !plain
                && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
