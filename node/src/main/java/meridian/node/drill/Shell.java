package meridian.node.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Commands that break and mend.
final class Shell {

    private static final long PATIENCE_SECONDS = 120;

    private Shell() {}

    /// What `sh` makes of it.
    static void run(String command) throws DrillException, InterruptedException {
        run(Map.of(), List.of("sh", "-c", command));
    }

    /// @throws DrillException with what it said, if it fails or does not end
    static void run(Map<String, String> environment, List<String> command)
            throws DrillException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new DrillException(String.join(" ", command) + " does not end");
            }
            if (process.exitValue() != 0)
                throw new DrillException(String.join(" ", command) + " failed: " + said.strip());
        } catch (IOException e) {
            throw new DrillException(
                    String.join(" ", command) + " could not be run: " + e.getMessage());
        }
    }
}
