package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {

    @TempDir private Path folder;

    @Test
    void itRunsFromAnotherFolderThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("m"), Tree.LAUNCHER);
        Run run = Run.of(folder, Map.of(), List.of(link.toString(), "version"));
        assertThat(run.out()).startsWith("Meridian 0.");
        assertThat(run.status()).isZero();
    }

    @Test
    void nothingButTheAnswerIsPrintedWhenNothingChanged() throws Exception {
        Run.meridian(folder, "version");
        assertThat(Run.meridian(folder, "version").err()).isEmpty();
    }

    @Test
    void withoutAWordItSaysWhichThereAre() throws Exception {
        assertThat(Run.meridian(folder).out()).contains("Usage: ./meridian", "version", "test");
    }

    @Test
    void aWrongHomeIsRefusedAndNotPassedOver() throws Exception {
        Run run =
                Run.of(
                        folder,
                        Map.of("MERIDIAN_JAVA_HOME", folder.toString()),
                        List.of(Tree.LAUNCHER.toString(), "version"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("MERIDIAN_JAVA_HOME is " + folder, "not a JDK", "JDK 25 or newer");
    }

    @Test
    void anOlderJavaOnThePathDoesNotMatter() throws Exception {
        jdk("old", "17.0.15");
        Path wanted = jdk("new", "25.0.3");
        assertThat(chosenAmong("old", "new").out()).contains(wanted.toString());
    }

    @Test
    void withNoneItSaysWhatItLookedForAndWhere() throws Exception {
        jdk("old", "17.0.15");
        Run run = chosenAmong("old");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("no JDK 25 or newer", "JAVA_HOME", "SDKMAN", "asdf", "PATH")
                .contains("https://");
    }

    @Test
    void aBuildIsStaleWhenASourceIsNewerAndWhenOneIsGone() throws Exception {
        String script =
                """
                . '%s'; tree=$PWD app=$PWD/node/target/app
                check() { is_stale && echo "$1: stale" || echo "$1: fresh"; }
                mkdir -p model/src/main model/target node/src/main "$app"
                touch -d '1 hour ago' pom.xml model/pom.xml model/src/main/{A,B}.java \
                    model/src/main node/src/main
                check 'never built'; touch -d '30 min ago' "$app/built" "$app/meridian-node.jar"
                check built; touch model/target/A.class
                check 'class written'; touch -d '20 min ago' model/src/main/A.java
                check 'source changed'; touch -d '10 min ago' "$app/built"
                check 'built again'; rm model/src/main/B.java
                check 'source removed'
                """
                        .formatted(Tree.LAUNCHER);
        assertThat(Run.of(folder, Map.of(), List.of("bash", "-c", script)).out().lines())
                .containsExactly(
                        "never built: stale",
                        "built: fresh",
                        "class written: fresh",
                        "source changed: stale",
                        "built again: fresh",
                        "source removed: stale");
    }

    @Test
    void aStartIsRehearsedAfterEachBuildAndForEachJdk() throws Exception {
        String script =
                """
                . '%s'; app=$PWD JAVA_HOME=$PWD/jdk
                check() { is_rehearsed && echo "$1: rehearsed" || echo "$1: not yet"; }
                mkdir jdk; echo 25.0.3 > jdk/release; touch -d '1 hour ago' built
                check built; cp jdk/release rehearsed
                check done; echo 25.0.4 > jdk/release
                check 'another JDK'; cp jdk/release rehearsed; touch -d '1 hour' built
                check 'built again'; touch -d '1 hour ago' built; touch -d '1 hour' a.jar
                check 'a jar of tests'
                """
                        .formatted(Tree.LAUNCHER);
        assertThat(Run.of(folder, Map.of(), List.of("bash", "-c", script)).out().lines())
                .containsExactly(
                        "built: not yet",
                        "done: rehearsed",
                        "another JDK: not yet",
                        "built again: not yet",
                        "a jar of tests: not yet");
    }

    @Test
    void aCacheThatIsMissingTornOrForeignIsPassedOverInSilence() throws Exception {
        Path torn = folder.resolve("torn.aot");
        Path cache = Tree.APP.resolve("meridian.aot");
        byte[] whole = Files.exists(cache) ? Files.readAllBytes(cache) : new byte[0];
        Files.write(torn, Arrays.copyOf(whole, whole.length / 2));
        Path foreign = Files.writeString(folder.resolve("foreign.aot"), "something else");
        for (Path bad : List.of(folder.resolve("none.aot"), torn, foreign)) {
            Run run =
                    Run.of(
                            folder,
                            Map.of("MERIDIAN_JAVA_OPTIONS", "-XX:AOTCache=" + bad),
                            List.of(Tree.LAUNCHER.toString(), "version"));
            assertThat(run.out()).as("%s", bad).startsWith("Meridian 0.").hasLineCount(1);
            assertThat(run.err()).as("%s", bad).isEmpty();
        }
    }

    /// Asks the launcher's own functions, told that these are all the folders there are.
    private Run chosenAmong(String... names) throws Exception {
        String script =
                ". '%s'; unset MERIDIAN_JAVA_HOME; jdk_folders() { printf '%s/%%s\\n' %s; };"
                        .formatted(Tree.LAUNCHER, folder, String.join(" ", names));
        return Run.of(
                folder,
                Map.of(),
                List.of("bash", "-c", script + " needs_jdk; echo \"$JAVA_HOME\""));
    }

    private Path jdk(String name, String version) throws Exception {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.createFile(home.resolve("bin/javac")).toFile().setExecutable(true);
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
