package meridian.node.demo;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts processes like this one: the same JDK, the same options, the same classes.
///
/// @param main the class that `./meridian` starts
record Launch(Class<?> main) {

    /// A node that answers some ten queries a second needs no more, and it starts sooner if the
    /// second compiler does not compete with two other nodes for the cores of a laptop.
    private static final List<String> SMALL = List.of("-Xmx192m", "-XX:TieredStopAtLevel=1");

    /// It ends when the stream that is its standard input does, so at the latest with this process.
    Process node(DemoFolder folder, Place place) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(SMALL);
        command.addAll(classes());
        command.addAll(
                List.of(
                        "demo-node",
                        "--config",
                        folder.configuration().toString(),
                        "--node",
                        place.node()));
        return new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.log(place).toFile()))
                .start();
    }

    /// From a jar, whose manifest has options of its own, or from folders, as in an IDE.
    private List<String> classes() {
        String path = System.getProperty("java.class.path");
        if (path.endsWith(".jar") && !path.contains(File.pathSeparator))
            return List.of("-jar", Path.of(path).toAbsolutePath().toString());
        return List.of("-cp", path, main.getName());
    }
}
