package meridian.node;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A word that asks a running node: whatever goes wrong is one line on the error stream, and 1.
abstract class Asking implements Callable<Integer> {

    @Mixin private ApiOptionsMixin api = new ApiOptionsMixin();

    @Spec private CommandSpec spec;

    /// Asks, and prints what was answered.
    abstract void ask(ApiClient client, PrintWriter out) throws ApiClient.FailedException;

    @Override
    public final Integer call() {
        try {
            ask(api.client(), spec.commandLine().getOut());
            spec.commandLine().getOut().flush();
            return 0;
        } catch (ApiClient.FailedException e) {
            spec.commandLine().getErr().println("meridian: " + e.getMessage());
            return 1;
        }
    }
}
