package meridian.node.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import meridian.topology.Check;
import org.junit.jupiter.api.Test;

/// A drill of a fleet without a name server, which agrees with everything at once: what is left is
/// what the drill does to it.
class FailoverDrillTest {

    private final List<String> done = new ArrayList<>();

    @Test
    void aRoundBreaksAndMendsInThisOrder() throws Exception {
        drill(step("freeze"), step("stop"), step("start"), step("thaw"));
        assertThat(done).containsExactly("freeze", "stop", "start", "thaw");
    }

    @Test
    void afterAnErrorWhatIsBrokenIsMended() {
        assertThatThrownBy(
                        () -> drill(step("freeze"), refused("stop"), step("start"), step("thaw")))
                .hasMessage("stop is refused");
        assertThat(done).containsExactly("freeze", "stop", "thaw", "start");
    }

    /// A node that was never frozen cannot be thawed, and the backends stayed dead.
    @Test
    void whatCannotBeThawedDoesNotKeepTheBackendsDead() {
        assertThatThrownBy(
                        () ->
                                drill(
                                        refused("freeze"),
                                        step("stop"),
                                        step("start"),
                                        refused("thaw")))
                .hasMessage("freeze is refused");
        assertThat(done).containsExactly("freeze", "thaw", "start");
    }

    private void drill(
            FailoverDrill.Step freeze,
            FailoverDrill.Step stop,
            FailoverDrill.Step start,
            FailoverDrill.Step thaw)
            throws DrillException, InterruptedException {
        var backends = new Steps(stop, start);
        var plan =
                new FailoverDrill.Plan(
                        "eu-west",
                        backends,
                        Optional.of(new FailoverDrill.Freeze("ap-south-1", freeze, thaw)));
        var grounds =
                new Grounds("shop.example.test", new Check.Tcp(80), List.of(), Map.of(), Map.of());
        new FailoverDrill(
                        grounds,
                        Optional.empty(),
                        plan,
                        new Crowd(new TreeMap<>(), List.of()),
                        _ -> {})
                .run(1, (_, _) -> {});
    }

    private FailoverDrill.Step step(String name) {
        return () -> done.add(name);
    }

    private FailoverDrill.Step refused(String name) {
        return () -> {
            done.add(name);
            throw new DrillException(name + " is refused");
        };
    }

    private record Steps(FailoverDrill.Step stopping, FailoverDrill.Step starting)
            implements Backends {

        @Override
        public void stop() throws DrillException, InterruptedException {
            stopping.take();
        }

        @Override
        public void start() throws DrillException, InterruptedException {
            starting.take();
        }
    }
}
