package meridian.node.drill;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// One fault, from the healthy fleet to the healthy fleet, with a crowd that asks throughout.
///
/// It ends with a calm, in which the fleet shows that it is well; with that the next one begins.
final class Trial {

    /// With nothing broken.
    static final Duration CALM = Duration.ofSeconds(2);

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration FETCH = Duration.ofSeconds(30);

    private final Lab lab;
    private final Grounds grounds;
    private final Fault.Roles roles;
    private final Crowd crowd;
    private final Map<String, NodeApi> apis = new LinkedHashMap<>();
    private final Map<String, List<Turn>> turns = new HashMap<>();

    /// What came of a fault.
    ///
    /// @param byServer in the order of the configuration
    /// @param agreed how long after the mending all nodes agreed; empty: they did not
    /// @param out times that a region left for which nothing was done
    /// @param remarks what else was not as it must be
    record Outcome(
            Fault fault,
            Map<String, Judgement> byServer,
            Optional<Agreement> agreed,
            long out,
            List<String> remarks) {

        boolean isGood() {
            return problems().isEmpty();
        }

        /// In sentences.
        List<String> problems() {
            var problems = new ArrayList<>(remarks);
            byServer.forEach(
                    (server, judgement) -> {
                        if (judgement.wrong() > 0) problems.add(server + ": " + judgement);
                    });
            if (agreed.isEmpty())
                problems.add(
                        "a minute after the mending the nodes do not agree, each by fresh votes of all");
            return problems;
        }
    }

    Trial(Lab lab, Grounds grounds, String token, Fault.Roles roles, Crowd crowd) {
        this.lab = lab;
        this.grounds = grounds;
        this.roles = roles;
        this.crowd = crowd;
        for (Grounds.Server server : grounds.servers())
            apis.put(server.node(), new NodeApi(server.api(), Optional.of(token)));
    }

    /// Judges all that the crowd saw since it last forgot, and lets it forget that.
    ///
    /// @param hold how long the fault lasts
    Outcome run(Fault fault, Duration hold) throws DrillException, InterruptedException {
        if (agreement().isEmpty())
            throw new DrillException(
                    "the nodes do not hold all endpoints for up, each by fresh votes of all vantages;"
                            + " a drill begins with a fleet that is well");
        var remarks = new ArrayList<String>();
        turns.clear();
        Instant began = Instant.now();
        Instant killed;
        Instant broken;
        if (fault.remembers()) {
            killed = kill();
            Thread.sleep(fault.limit());
            keepTurns(began);
            broken = breakIt(fault);
        } else {
            broken = breakIt(fault);
            if (fault.restartsTheOdd() && agreement().isEmpty())
                remarks.add("a minute after its restart the odd node had not joined the others");
            killed = kill();
        }
        hold(hold, began);
        if (fault == Fault.DISK_FULL) refusedDrain(remarks);
        keepTurns(began);
        Instant mending = Instant.now();
        mend(fault);
        Optional<Agreement> agreed = agreement(Set.of(roles.dead()));
        keepTurns(began);
        Instant revived = Instant.now();
        lab.run(List.of("start-backends", roles.dead()));
        if (agreement().isEmpty()) remarks.add("after a minute not all endpoints are up again");
        Thread.sleep(CALM);
        var deaf =
                new Judgement.Span(
                        fault.knows() == Fault.Knows.NOTHING_NEW ? broken : mending, revived);
        Map<String, Judgement> judged = judged(fault, killed, revived, deaf);
        crowd.forget();
        return new Outcome(fault, judged, agreed, leftWithoutCause(fault), remarks);
    }

    /// A node remembers a thousand turns, which a long fault may exceed.
    private void hold(Duration hold, Instant began) throws InterruptedException {
        Instant end = Instant.now().plus(hold);
        for (Duration left = hold; left.isPositive(); left = Duration.between(Instant.now(), end)) {
            Thread.sleep(left.compareTo(FETCH) < 0 ? left : FETCH);
            if (left.compareTo(FETCH) > 0) keepTurns(began);
        }
    }

    private Instant kill() throws DrillException, InterruptedException {
        Instant killed = Instant.now();
        lab.run(List.of("stop-backends", roles.dead()));
        return killed;
    }

    private Instant breakIt(Fault fault) throws DrillException, InterruptedException {
        Instant broken = Instant.now();
        for (List<String> words : fault.breaks(roles)) lab.run(words);
        if (fault == Fault.FLEET_RESTARTED) startAll();
        return broken;
    }

    private void startAll() throws DrillException, InterruptedException {
        var starts = new ArrayList<Thread>();
        var failed = new ArrayList<DrillException>();
        for (Grounds.Server server : grounds.servers()) {
            starts.add(
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    lab.run(List.of("start-node", server.region()));
                                } catch (DrillException e) {
                                    synchronized (failed) {
                                        failed.add(e);
                                    }
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }));
        }
        for (Thread start : starts) start.join();
        if (!failed.isEmpty()) throw failed.getFirst();
    }

    private void mend(Fault fault) throws DrillException, InterruptedException {
        for (List<String> words : fault.mends(roles)) lab.run(words);
    }

    /// A wish that cannot be kept is refused.
    private void refusedDrain(List<String> remarks) throws InterruptedException {
        NodeApi odd = api(roles.odd());
        try {
            int status = odd.drain(roles.dead(), "a drain that no disk can keep");
            if (status / 100 == 2) {
                remarks.add("a drain was accepted by the node whose disk is full");
                odd.undrain(roles.dead());
            }
        } catch (IOException e) {
            remarks.add("the node whose disk is full did not answer: " + e.getMessage());
        }
    }

    private NodeApi api(String region) {
        return grounds.servers().stream()
                .filter(server -> server.region().equals(region))
                .map(server -> apis.get(server.node()))
                .findFirst()
                .orElseThrow();
    }

    /// A restarted node has forgotten what turned before; a frozen one does not answer.
    private void keepTurns(Instant since) throws InterruptedException {
        for (Map.Entry<String, NodeApi> api : apis.entrySet()) {
            var kept = turns.computeIfAbsent(api.getKey(), _ -> new ArrayList<>());
            try {
                for (Turn turn : api.getValue().turns(since))
                    if (!kept.contains(turn)) kept.add(turn);
                kept.sort(Comparator.comparing(Turn::at));
            } catch (IOException _) {
                // It is dead, frozen or cut off.
            }
        }
    }

    private Optional<Agreement> agreement() throws InterruptedException {
        return agreement(Set.of());
    }

    /// @param dead regions without backends
    private Optional<Agreement> agreement(Set<String> dead) throws InterruptedException {
        var right = new TreeMap<String, String>();
        grounds.answered()
                .forEach(
                        (region, addresses) ->
                                addresses.forEach(
                                        address ->
                                                right.put(
                                                        address,
                                                        dead.contains(region) ? "down" : "up")));
        return Agreement.await(apis.values(), right, LIMIT);
    }

    private Map<String, Judgement> judged(
            Fault fault, Instant killed, Instant revived, Judgement.Span deaf) {
        var judged = new LinkedHashMap<String, Judgement>();
        crowd.replies()
                .forEach(
                        (load, replies) -> {
                            Grounds.Server server = load.server();
                            boolean odd = server.region().equals(roles.odd());
                            var rules =
                                    new Judgement.Rules(
                                            roles,
                                            killed,
                                            fault.limit(),
                                            revived,
                                            odd ? Optional.of(deaf) : Optional.empty(),
                                            downs(server.node(), roles.live()));
                            judged.put(server.node(), Judgement.of(replies, rules));
                        });
        return judged;
    }

    private Judgement.Downs downs(String node, String region) {
        return Judgement.Downs.of(
                turns.getOrDefault(node, List.of()),
                grounds.probed().getOrDefault(region, Set.of()),
                Instant.now());
    }

    /// Of the node that saw the most.
    private long leftWithoutCause(Fault fault) {
        Set<String> untouched =
                fault == Fault.REGION_CUT_OFF
                        ? Set.of(roles.live())
                        : Set.of(roles.live(), roles.odd());
        return apis.keySet().stream()
                .mapToLong(
                        node ->
                                untouched.stream()
                                        .mapToLong(region -> downs(node, region).spans().size())
                                        .sum())
                .max()
                .orElse(0);
    }
}
