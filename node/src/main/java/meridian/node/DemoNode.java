package meridian.node;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// A node of the demo: `run`, but it ends with the demo, however that ends.
///
/// Its standard input is a pipe from the demo, which nobody writes to. The system closes it when
/// the demo is gone, also when that was killed and had no time to end its nodes.
@Command(
        name = "demo-node",
        description = "What the demo starts as its nodes: run, until standard input ends.",
        hidden = true,
        footer = {"", "Example: ./meridian demo-node --config meridian.conf --node use1"})
final class DemoNode implements Callable<Integer> {

    @Unmatched private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        Thread.ofPlatform().name("demo's end").daemon().start(DemoNode::awaitDemosEnd);
        words.addFirst("run");
        String[] arguments = words.toArray(String[]::new);
        return Main.commandLine(arguments).execute(arguments);
    }

    /// Halts: there is nobody left to say goodbye to.
    private static void awaitDemosEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // A pipe that cannot be read is as good as closed.
        }
        Runtime.getRuntime().halt(0);
    }
}
