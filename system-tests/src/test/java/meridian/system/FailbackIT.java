package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes back only by a person's word: the alarms say which command, and it is typed.
class FailbackIT {

    private static final Pattern COMMAND = Pattern.compile("\\./meridian ([^;]*?) lets? ");
    private static final String AMERICAN = "198.51.100.0";
    private static final int PREFIX = 24;

    @TempDir private Path folder;

    private Backends backends;
    private Solo solo;

    @BeforeEach
    void start() throws IOException {
        backends = Backends.start();
        solo = Solo.start(folder, settings(), Zones.SMALL);
        awaitSite(Site.US_EAST);
    }

    @AfterEach
    void end() {
        if (solo != null) solo.close();
        backends.close();
    }

    @Test
    void theCommandsInTheAlarmsLetBackWhatWaitsAndWhatIsHeldOut() throws Exception {
        backends.kill(Site.US_EAST);
        awaitSite(Site.EU_WEST);
        backends.revive(Site.US_EAST);
        String failback = awaitCommand("waits-for-failback");
        assertThat(site()).contains(Site.EU_WEST);
        assertThat(failback).isEqualTo("failback us-east --service www");
        type(failback);
        awaitSite(Site.US_EAST);

        backends.kill(Site.US_EAST);
        awaitSite(Site.EU_WEST);
        backends.revive(Site.US_EAST);
        String pardon = awaitCommand("held-out");
        assertThat(explained()).contains("held out for ", pardon);
        type(pardon);
        awaitCommand("waits-for-failback");
        assertThat(solo.node().api().metric("meridian_checker_held_out")).isZero();
    }

    /// The second turn down holds an endpoint out for longer than any test runs.
    private String settings() {
        return """
               monitors {
                 web {
                   http { port = %d }
                   interval = 200ms, timeout = 190ms, rise = 1, fall = 2
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
                .formatted(
                        backends.port(),
                        Site.US_EAST.backends().getFirst(),
                        Site.EU_WEST.backends().getFirst());
    }

    private void awaitSite(Site site) {
        Fleet.await("clients are sent to " + site).until(() -> site().equals(Optional.of(site)));
    }

    private Optional<Site> site() throws IOException {
        return solo.node().addresses(AMERICAN, PREFIX, Fleet.SERVICE).stream()
                .flatMap(address -> Site.ofBackend(address).stream())
                .findFirst();
    }

    /// The command that the alarm of a kind tells, once there is one.
    private String awaitCommand(String kind) {
        return Fleet.await(kind)
                .until(() -> commands(kind), commands -> commands.size() == 1)
                .getFirst();
    }

    private List<String> commands(String kind) throws IOException, InterruptedException {
        var commands = new ArrayList<String>();
        for (JsonNode alarm : solo.node().api().get("/v1/alarms").json().path("alarms")) {
            Matcher command = COMMAND.matcher(alarm.path("text").asText());
            if (alarm.path("kind").asText().equals(kind) && command.find())
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
