package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A laboratory of network namespaces, raised and taken down by Terraform as a user would.
final class Laboratory implements AutoCloseable {

    private static final Path EXAMPLE = Tree.ROOT.resolve("terraform/examples/this-machine");

    private final Path folder;
    private final String name;
    private final String network;

    /// Nothing is made yet.
    ///
    /// @param folder for Terraform's state
    /// @param name of at most 15 characters
    Laboratory(Path folder, String name, String network) {
        this.folder = folder;
        this.name = name;
        this.network = network;
    }

    String name() {
        return name;
    }

    Path run() {
        return Path.of("/run", name);
    }

    Run apply(String... variables) throws IOException, InterruptedException {
        return terraform("apply", variables);
    }

    Run plan() throws IOException, InterruptedException {
        return Run.of(EXAMPLE, environment(), command("plan", "-detailed-exitcode"));
    }

    Run destroy() throws IOException, InterruptedException {
        return terraform("destroy");
    }

    /// The laboratory's own command.
    Run lab(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(EXAMPLE.resolve("lab").toString()));
        command.addAll(List.of(words));
        return Run.of(EXAMPLE, Map.of("MERIDIAN_LAB", name), command);
    }

    /// Namespaces, the device, the folder, and processes that begin with the laboratory's name.
    List<String> left() throws IOException, InterruptedException {
        var left = new ArrayList<String>();
        if (Files.exists(run())) left.add(run().toString());
        if (Files.exists(Path.of("/sys/class/net", name))) left.add("the device " + name);
        namespaces().forEach(left::add);
        ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains("/run/" + name))
                .forEach(left::add);
        return left;
    }

    private Stream<String> namespaces() throws IOException {
        Path folder = Path.of("/run/netns");
        if (!Files.isDirectory(folder)) return Stream.of();
        try (Stream<Path> all = Files.list(folder)) {
            return all
                    .map(namespace -> namespace.getFileName().toString())
                    .filter(namespace -> namespace.startsWith(name + "-"))
                    .toList()
                    .stream();
        }
    }

    private Run terraform(String word, String... variables)
            throws IOException, InterruptedException {
        var words = new ArrayList<String>(List.of("-auto-approve"));
        for (String variable : variables) words.addAll(List.of("-var", variable));
        return Run.of(EXAMPLE, environment(), command(word, words.toArray(String[]::new)));
    }

    private List<String> command(String word, String... options) {
        var command =
                new ArrayList<String>(
                        List.of(
                                "terraform",
                                word,
                                "-no-color",
                                "-input=false",
                                "-lock=false",
                                "-state=" + folder.resolve("terraform.tfstate"),
                                "-var=name=" + name,
                                "-var=network=" + network));
        command.addAll(List.of(options));
        return command;
    }

    /// Without the user's own settings for Terraform.
    private Map<String, String> environment() throws IOException {
        Path settings = folder.resolve("terraform.rc");
        if (Files.notExists(settings)) Files.createFile(settings);
        return Map.of("TF_CLI_CONFIG_FILE", settings.toString(), "CHECKPOINT_DISABLE", "1");
    }

    @Override
    public void close() {
        try {
            Run destroyed = destroy();
            if (destroyed.status() != 0) lab("sweep");
            assertThat(left()).as(destroyed.out() + destroyed.err()).isEmpty();
        } catch (IOException e) {
            throw new AssertionError("the laboratory " + name + " could not be destroyed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
