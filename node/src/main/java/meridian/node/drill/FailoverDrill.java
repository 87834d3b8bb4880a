package meridian.node.drill;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/// Kills the backends of a region and starts them again, so many times, and takes the time of each
/// leg.
final class FailoverDrill {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// A drawn rest before each kill, so that kills fall anywhere between two probes.
    private static final Duration REST = Duration.ofSeconds(1);

    private static final Duration LAST_WORD = Duration.ofMillis(300);

    private final Grounds grounds;
    private final Plan plan;
    private final Crowd crowd;
    private final Rests rests;
    private final Map<String, NodeApi> apis = new LinkedHashMap<>();
    private volatile boolean broken;

    /// What to do.
    ///
    /// @param backends of the region
    /// @param freeze what stands still from just before the kill until all is back
    record Plan(String region, Backends backends, Optional<Freeze> freeze) {}

    /// @param node that does not answer meanwhile, and is not waited for
    record Freeze(String node, Step freeze, Step thaw) {}

    /// Breaks or mends something.
    @FunctionalInterface
    interface Step {
        void take() throws DrillException, InterruptedException;
    }

    /// Lets time pass.
    @FunctionalInterface
    interface Rests {
        void rest(Duration time) throws InterruptedException;
    }

    /// What was measured.
    ///
    /// @param incomplete ways of which a leg could not be seen
    /// @param unexplained changes of an answer that nothing was done for
    record Outcome(
            List<Move> leaving,
            List<Move> returning,
            int incomplete,
            long unexplained,
            long answers,
            long timeOuts) {}

    FailoverDrill(Grounds grounds, Optional<String> token, Plan plan, Crowd crowd, Rests rests) {
        this.grounds = grounds;
        this.plan = plan;
        this.crowd = crowd;
        this.rests = rests;
        for (Grounds.Server server : grounds.servers())
            apis.put(server.node(), new NodeApi(server.api(), token));
    }

    /// Whatever happens, nothing is left dead or frozen: not after an error, and not after Ctrl-C.
    ///
    /// @param told of each round, with its number
    Outcome run(int times, BiConsumer<Integer, String> told)
            throws DrillException, InterruptedException {
        var mending = new Thread(this::mend, "mends");
        Runtime.getRuntime().addShutdownHook(mending);
        try {
            return rounds(times, told);
        } catch (DrillException | InterruptedException e) {
            mend();
            throw e;
        } finally {
            unlessEnding(() -> Runtime.getRuntime().removeShutdownHook(mending));
        }
    }

    private static void unlessEnding(Runnable change) {
        try {
            change.run();
        } catch (IllegalStateException _) {
            // This process is being ended, and the hook runs.
        }
    }

    /// Each thing for itself: what was never broken, or is mended already, may refuse to be mended.
    private void mend() {
        if (!broken) return;
        plan.freeze().ifPresent(freeze -> mended(freeze.thaw()));
        mended(plan.backends()::start);
    }

    private static void mended(Step mending) {
        try {
            mending.take();
        } catch (DrillException _) {
            // The error that led here is the one to be told.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome rounds(int times, BiConsumer<Integer, String> told)
            throws DrillException, InterruptedException {
        var leaving = new ArrayList<Move>();
        var returning = new ArrayList<Move>();
        var audit = new Audit(crowd.clients().keySet());
        awaitSteady();
        // What was answered before the fleet was steady is nobody's move.
        crowd.forget();
        for (int round = 1; round <= times; round++) {
            awaitSteady();
            rests.rest(drawn());
            look(audit, false, round, told);
            Round made = round();
            look(audit, true, round, told);
            made.left.ifPresent(leaving::add);
            made.returned.ifPresent(returning::add);
            told.accept(round, made.toString());
        }
        awaitSteady();
        look(audit, false, times, told);
        int incomplete = 2 * times - leaving.size() - returning.size();
        return new Outcome(
                leaving,
                returning,
                incomplete,
                audit.unexplained(),
                audit.answers(),
                audit.timeOuts());
    }

    /// @param moved whether the region was killed and came back since the last look; else nothing
    ///   was done
    private void look(Audit audit, boolean moved, int round, BiConsumer<Integer, String> told)
            throws DrillException, InterruptedException {
        var replies = new LinkedHashMap<String, List<Reply>>();
        crowd.replies().forEach((load, its) -> replies.put(load.server().node(), its));
        List<Stray> strays =
                audit.look(
                        replies,
                        moved ? Optional.of(plan.region()) : Optional.empty(),
                        moved ? "while " + plan.region() + " came back" : "while all was well");
        crowd.forget();
        for (Stray stray : strays) told.accept(round, explained(stray));
    }

    private String explained(Stray stray) throws InterruptedException {
        NodeApi api = Objects.requireNonNull(apis.get(stray.node()));
        try {
            return stray.text(api.turns(stray.from().minus(Stray.REMEMBERED)), api.verdicts());
        } catch (IOException e) {
            return stray.text(List.of(), Map.of()) + "; it does not say: " + e.getMessage();
        }
    }

    private record Round(Optional<Move> left, Optional<Move> returned) {

        @Override
        public String toString() {
            return "left after " + text(left) + ", was back after " + text(returned);
        }

        private static String text(Optional<Move> move) {
            return move.map(all -> all.untilAnswered().toMillis() + " ms")
                    .orElse("(not seen whole)");
        }
    }

    private Round round() throws DrillException, InterruptedException {
        broken = true;
        if (plan.freeze().isPresent()) plan.freeze().get().freeze().take();
        Optional<Move> left = move(false);
        rests.rest(drawn());
        Optional<Move> returned = move(true);
        if (plan.freeze().isPresent()) plan.freeze().get().thaw().take();
        broken = false;
        return new Round(left, returned);
    }

    /// @param back whether the backends are started; else they are stopped
    private Optional<Move> move(boolean back) throws DrillException, InterruptedException {
        crowd.forget();
        Instant cause = Instant.now();
        if (back) plan.backends().start();
        else plan.backends().stop();
        boolean moved =
                Crowd.await(LIMIT, () -> measured().stream().allMatch(at -> has(at, back, cause)));
        if (!moved)
            throw new DrillException(
                    "%s after the backends of %s were told to %s, not every name server has %s"
                            .formatted(
                                    LIMIT,
                                    plan.region(),
                                    back ? "start" : "stop",
                                    back ? "come back" : "left"));
        // Until the last word of it has come to every node.
        rests.rest(LAST_WORD);
        var sought =
                new Move.Sought(
                        cause,
                        plan.region(),
                        back,
                        grounds.probed().getOrDefault(plan.region(), Set.of()));
        return Move.of(sought, turns(cause), measuredReplies());
    }

    private boolean has(Load load, boolean back, Instant since) {
        return back
                ? Crowd.leads(load, plan.region(), since)
                : Crowd.leadsElsewhere(load, plan.region(), since);
    }

    private List<Load> measured() {
        return crowd.loads().stream().filter(load -> !isFrozen(load.server().node())).toList();
    }

    private boolean isFrozen(String node) {
        return plan.freeze().filter(freeze -> freeze.node().equals(node)).isPresent();
    }

    private List<List<Reply>> measuredReplies() {
        Map<Load, List<Reply>> all = crowd.replies();
        return measured().stream()
                .map(
                        load ->
                                all.getOrDefault(load, List.of()).stream()
                                        .filter(reply -> reply.client().equals(plan.region()))
                                        .toList())
                .toList();
    }

    private Map<String, List<Turn>> turns(Instant since)
            throws DrillException, InterruptedException {
        var turns = new HashMap<String, List<Turn>>();
        for (Map.Entry<String, NodeApi> api : apis.entrySet()) {
            if (isFrozen(api.getKey())) continue;
            try {
                turns.put(api.getKey(), api.getValue().turns(since));
            } catch (IOException e) {
                throw new DrillException(
                        "asking " + api.getKey() + " what turned failed: " + e.getMessage());
            }
        }
        return turns;
    }

    private void awaitSteady() throws DrillException, InterruptedException {
        Instant since = Instant.now();
        boolean steady = Crowd.await(LIMIT, () -> allAtHome(since) && allUp());
        if (!steady)
            throw new DrillException(
                    "for "
                            + LIMIT
                            + " not every name server sends every client to its region with all endpoints up;"
                            + " a drill begins with a fleet that is well");
    }

    private boolean allAtHome(Instant since) {
        return crowd.loads().stream()
                .allMatch(
                        load ->
                                crowd.clients().keySet().stream()
                                        .allMatch(region -> Crowd.leads(load, region, since)));
    }

    private boolean allUp() {
        return apis.values().stream().allMatch(this::allUp);
    }

    private boolean allUp(NodeApi api) {
        try {
            Map<String, String> verdicts = api.verdicts();
            return grounds.allAnswered().stream()
                    .allMatch(address -> "up".equals(verdicts.get(address)));
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration drawn() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(REST.toMillis()));
    }
}
