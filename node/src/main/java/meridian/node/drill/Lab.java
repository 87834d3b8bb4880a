package meridian.node.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A laboratory that `terraform/examples/this-machine` raised on this machine.
///
/// @param name as Terraform was told
record Lab(String name) {

    static final String USUAL_NAME = "meridian-lab";

    /// @throws DrillException if there is none of this name
    static Lab named(String name) throws DrillException {
        var lab = new Lab(name);
        if (!Files.isReadable(lab.configuration()))
            throw new DrillException(
                    "there is no laboratory "
                            + name
                            + " that this user may read; terraform apply in terraform/examples/this-machine"
                            + " raises one, as root, and --lab says which if it has another name");
        return lab;
    }

    Path configuration() {
        return folder().resolve("meridian.conf");
    }

    String token() throws DrillException {
        try {
            return Files.readString(folder().resolve("operator.token")).strip();
        } catch (IOException e) {
            throw new DrillException("the laboratory's token cannot be read: " + e.getMessage());
        }
    }

    /// One word of the laboratory's own command, such as `cut ap-south`.
    void run(List<String> words) throws DrillException, InterruptedException {
        Shell.run(
                Map.of("MERIDIAN_LAB", name),
                Stream.concat(Stream.of(command()), words.stream()).toList());
    }

    /// The same, for a shell.
    String line(String... words) {
        return "MERIDIAN_LAB=" + name + " " + command() + " " + String.join(" ", words);
    }

    private String command() {
        return folder().resolve("lab").toString();
    }

    private Path folder() {
        return Path.of("/run", name);
    }
}
