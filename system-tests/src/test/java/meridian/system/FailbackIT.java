package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes back only by a person's word: the alarms say which command, and it is typed.
///
/// A probe that a crowded machine lets come too late is a fall too, which the test did not make. So
/// whatever the alarms say is typed, in whatever order, until all is well; and what is asserted is
/// what was seen on the way.
class FailbackIT {

    private static final Set<String> KINDS = Set.of("waits-for-failback", "held-out");
    private static final Pattern COMMAND = Pattern.compile("\\./meridian ([^;]*?) lets? ");
    private static final String FAILBACK = "failback us-east --service www";
    private static final String PARDON = "pardon " + address(Site.US_EAST);
    private static final int MOST_FALLS = 10;
    private static final String AMERICAN = "198.51.100.0";
    private static final int PREFIX = 24;

    @TempDir private Path folder;

    /// In order.
    private final List<Told> told = new ArrayList<>();

    private Backends backends;
    private Solo solo;

    /// What an alarm said, and what there was then.
    private record Told(String command, Optional<Site> site, String explained) {}

    @BeforeEach
    void start() throws IOException {
        backends = Backends.start();
        solo = Solo.start(folder, settings(), Zones.SMALL);
    }

    @AfterEach
    void end() {
        if (solo != null) solo.close();
        backends.close();
    }

    @Test
    void theCommandsInTheAlarmsLetBackWhatWaitsAndWhatIsHeldOut() throws Exception {
        obeyUntilAllIsWell();
        for (int falls = 0; falls < MOST_FALLS && !(sawItWait() && sawItHeldOut()); falls++) {
            fall();
            obeyUntilAllIsWell();
        }
        assertThat(sawItWait()).as("it waits, in %s", told).isTrue();
        assertThat(sawItHeldOut()).as("it is held out, in %s", told).isTrue();
        Fleet.await("nothing is held out")
                .until(() -> solo.node().api().metric("meridian_checker_held_out") == 0);
    }

    private boolean sawItWait() {
        return told.stream()
                .anyMatch(
                        one ->
                                one.command().equals(FAILBACK)
                                        && one.site().equals(Optional.of(Site.EU_WEST)));
    }

    private boolean sawItHeldOut() {
        return told.stream()
                .anyMatch(
                        one ->
                                one.command().equals(PARDON)
                                        && one.explained().contains("held out for ")
                                        && one.explained().contains(PARDON));
    }

    /// us-east does, and its backends are well again at once.
    private void fall() throws IOException {
        backends.kill(Site.US_EAST);
        solo.node().awaitVerdict("down", List.of(address(Site.US_EAST)));
        backends.revive(Site.US_EAST);
    }

    /// Until both regions are up, and clients are where they like to be. Which command lets back
    /// what, the alarms say: nothing else is typed.
    private void obeyUntilAllIsWell() {
        Fleet.await("all is well")
                .until(
                        () -> {
                            List<String> commands = commands();
                            for (String command : commands) obey(command);
                            return isWell();
                        });
    }

    private void obey(String command) throws IOException, InterruptedException {
        told.add(new Told(command, site(), explained()));
        type(command);
    }

    /// What waits is up too, and is answered where nothing else is: only the reason tells.
    private boolean isWell() throws IOException, InterruptedException {
        return solo.node().held("up").contains(address(Site.EU_WEST))
                && site().equals(Optional.of(Site.US_EAST))
                && explained().contains("\"reason\" : \"active\"");
    }

    private static String address(Site site) {
        return site.backends().getFirst();
    }

    /// The second turn down holds an endpoint out for longer than any test runs.
    private String settings() {
        return """
               monitors {
                 web {
                   http { port = %d }
                   interval = 500ms, timeout = 490ms, rise = 1, fall = 2
                   damping { turns = 1, first = 1h, longest = 1h, half-life = 1d }
                 }
               }
               services {
                 www {
                   names = ["www.example.com"]
                   monitor = web
                   failback = manual
                   pools {
                     us-east { endpoints = [{ v4 = "%s" }] }
                     eu-west { endpoints = [{ v4 = "%s" }] }
                   }
                   steer = [{ to = [us-east, eu-west] }]
                 }
               }
               """
                .formatted(backends.port(), address(Site.US_EAST), address(Site.EU_WEST));
    }

    private Optional<Site> site() throws IOException {
        return solo.node().addresses(AMERICAN, PREFIX, Fleet.SERVICE).stream()
                .flatMap(address -> Site.ofBackend(address).stream())
                .findFirst();
    }

    /// Those of the alarms that stand.
    private List<String> commands() throws IOException, InterruptedException {
        var commands = new ArrayList<String>();
        for (JsonNode alarm : solo.node().api().get("/v1/alarms").json().path("alarms")) {
            Matcher command = COMMAND.matcher(alarm.path("text").asText());
            if (KINDS.contains(alarm.path("kind").asText()) && command.find())
                commands.add(command.group(1));
        }
        return commands;
    }

    private String explained() throws IOException, InterruptedException {
        return solo.node().api().get("/v1/explain?name=www.example.com").text();
    }

    private void type(String command) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of("--reason", "mended", "--api", solo.node().api().root().toString()));
        Run run = Run.meridian(folder, words.toArray(String[]::new));
        assertThat(run.status()).as(run.out() + run.err()).isZero();
    }
}
