package meridian.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.dns.ready.Explainer;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.simulation.Dig.Lead;
import meridian.simulation.Scenario.Caller;
import meridian.steering.Explanation;
import meridian.steering.Rdata;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.ServiceId;

/// Asks nodes as clients do, and holds the responses against what they must be.
final class Answers {

    private static final long[] DRAWS = {0x1234_5678_9abc_def0L, 0xfedc_ba98_7654_3210L};

    /// At each edition, so many services are asked for to which nothing happened; those of a large
    /// fleet in turn.
    private static final int ASKED = 8;

    /// Draws that show how often a region is answered.
    private static final int SPREAD = 20;

    private static final int PORT = 5_353;

    private final Scenario scenario;
    private final Views views;
    private final Ascents ascents;
    private final Guards guards;
    private final Inspector.Complaints complaints;
    private final Chance chance;
    private final Map<InetAddress, RegionId> homes;

    /// Answers that were judged: the same, where the same is held, need not be judged again.
    private final Map<Signature, List<List<Lead>>> given = new HashMap<>();

    private final Map<NodeId, Map<ServiceId, Signature>> seen = new HashMap<>();

    /// All that the answers for a service may depend on.
    private record Signature(String configuration, ServiceId service, List<PoolView> pools) {}

    Answers(
            Scenario scenario,
            Views views,
            Ascents ascents,
            Guards guards,
            Inspector.Complaints complaints) {
        this.scenario = scenario;
        this.views = views;
        this.ascents = ascents;
        this.guards = guards;
        this.complaints = complaints;
        this.chance = Chance.of(scenario.seed(), 5);
        this.homes = scenario.homes();
    }

    void started(SimulatedNode process) {
        seen.put(process.self(), new HashMap<>());
    }

    /// A process serves a new edition, made of what it now holds.
    void published(SimulatedNode process) {
        List<Service> services = services(process);
        Map<ServiceId, Signature> before =
                seen.computeIfAbsent(process.self(), _ -> new HashMap<>());
        int first = (int) (process.edition().number() * ASKED % services.size());
        for (int i = 0; i < services.size(); i++) {
            Service service = services.get((first + i) % services.size());
            List<PoolView> pools = ascents.climbing(process, service, views.of(process, service));
            var signature = new Signature(process.settings().hash(), service.id(), pools);
            if (!signature.equals(before.put(service.id(), signature)) || i < ASKED)
                ask(process, service, signature);
        }
    }

    private void ask(SimulatedNode process, Service service, Signature signature) {
        guards.published(process, service, signature.pools());
        List<List<Lead>> answers = answers(process, service);
        List<List<Lead>> before = given.putIfAbsent(signature, answers);
        boolean isClimbing = signature.pools().stream().anyMatch(pool -> pool.percent() < 100);
        if (answers.equals(before) && !isClimbing) return;
        judge(process, service, signature.pools(), answers);
        if (before != null) compare(process, before, answers);
    }

    /// Of each type, to each client, for each draw.
    private List<List<Lead>> answers(SimulatedNode process, Service service) {
        var answers = new ArrayList<List<Lead>>();
        for (RecordType type : service.steeredTypes()) {
            for (Caller client : scenario.clients()) {
                for (long draw : DRAWS) answers.add(ask(process, service, type, client, draw));
            }
        }
        return answers;
    }

    private static List<Service> services(SimulatedNode process) {
        return List.copyOf(process.settings().serving().topology().services().values());
    }

    private void judge(
            SimulatedNode process,
            Service service,
            List<PoolView> pools,
            List<List<Lead>> answers) {
        int next = 0;
        for (RecordType type : service.steeredTypes()) {
            for (Caller client : scenario.clients()) {
                Expectation expected = Expectation.of(pools, service, client);
                for (int i = 0; i < DRAWS.length; i++)
                    check(process, service, type, pools, client, expected, answers.get(next++));
                expected.most()
                        .forEach(
                                (region, percent) ->
                                        share(process, service, type, client, region, percent));
            }
        }
    }

    /// How often a region that climbs is answered, over draws that are spread evenly.
    private void share(
            SimulatedNode process,
            Service service,
            RecordType type,
            Caller client,
            RegionId region,
            int percent) {
        int count = 0;
        for (int i = 0; i < SPREAD; i++) {
            List<Lead> answer =
                    ask(process, service, type, client, i * (Long.MAX_VALUE / SPREAD * 2));
            if (answer.stream().anyMatch(lead -> region.equals(homes.get(lead.machine())))) count++;
        }
        if (100 * (count - 1) <= SPREAD * percent) return;
        complaints.broken(
                Invariant.RAMP,
                process.self()
                        + " sends "
                        + client.address().getHostAddress()
                        + " for "
                        + type
                        + " of "
                        + service.id()
                        + " to "
                        + region
                        + " in "
                        + count
                        + " of "
                        + SPREAD
                        + " answers; it climbs, and is at "
                        + percent
                        + " %");
    }

    private void check(
            SimulatedNode process,
            Service service,
            RecordType type,
            List<PoolView> pools,
            Caller client,
            Expectation expected,
            List<Lead> answer) {
        String who =
                process.self()
                        + " answers "
                        + client.address().getHostAddress()
                        + " for "
                        + type
                        + " of "
                        + service.id()
                        + " ";
        if (answer.isEmpty()) {
            if (!expected.mayBeEmpty())
                complaints.broken(
                        Invariant.NEVER_EMPTY,
                        who + "with nothing; " + expected.addresses() + " were right");
            return;
        }
        List<Set<InetAddress>> steps = Dig.steps(answer);
        if (expected.admits(steps, service, type)) return;
        Invariant broken =
                isOfDrained(pools, steps) && !isOfDrained(pools, List.of(expected.addresses()))
                        ? Invariant.NO_DRAINED
                        : Invariant.BEST_LINE;
        complaints.broken(broken, who + "with " + answer + "; right were " + expected);
    }

    private boolean isOfDrained(List<PoolView> pools, List<Set<InetAddress>> steps) {
        Set<RegionId> drained =
                pools.stream()
                        .filter(PoolView::drained)
                        .map(PoolView::region)
                        .collect(Collectors.toSet());
        return steps.stream().flatMap(Set::stream).map(homes::get).anyMatch(drained::contains);
    }

    private void compare(SimulatedNode process, List<List<Lead>> before, List<List<Lead>> answers) {
        if (before.equals(answers)) return;
        complaints.broken(
                Invariant.SAME_ANSWERS,
                process.self()
                        + " answers otherwise than a node that held the same: "
                        + answers
                        + ", not "
                        + before);
    }

    /// One question of some client, which must be answered, and as it is explained.
    void askAnything(SimulatedNode process) {
        Service service = chance.oneOf(services(process));
        Caller client = chance.oneOf(scenario.clients());
        long draw = chance.next();
        RecordType type = chance.oneOf(List.copyOf(service.steeredTypes()));
        DomainName name = service.names().getFirst();
        List<Lead> answer = ask(process, service, type, client, draw);
        int bits = client.address().getAddress().length * 8;
        Optional<List<Lead>> explained =
                Explainer.explain(
                                process.edition(),
                                name,
                                type,
                                new Network(client.address(), bits),
                                draw)
                        .map(Answers::leads);
        if (explained.filter(answer::equals).isPresent()) return;
        complaints.broken(
                Invariant.EXPLAINED,
                process.self()
                        + " answers "
                        + name
                        + " "
                        + type
                        + " with "
                        + answer
                        + " and explains "
                        + explained);
    }

    private static List<Lead> leads(Explanation explanation) {
        return explanation.choice().records().stream().flatMap(Answers::leads).toList();
    }

    private static Stream<Lead> leads(Rdata data) {
        return switch (data) {
            case Rdata.Address(var address) -> Stream.of(new Lead(0, address));
            case Rdata.Mail(var step, var host) -> Stream.of(lead(step, host));
            case Rdata.Server(var step, _, _, var host) -> Stream.of(lead(step, host));
            case Rdata.Bound(var step, var host, _, var hints) ->
                    host.isRoot()
                            ? hints.stream().map(hint -> new Lead(step, hint))
                            : Stream.of(lead(step, host));
            case Rdata.Alias _ -> Stream.of();
        };
    }

    private static Lead lead(int step, DomainName host) {
        return new Lead(step, Kind.behind(host.toString().split("\\.", -1)[0]));
    }

    private List<Lead> ask(
            SimulatedNode process, Service service, RecordType type, Caller client, long draw) {
        DomainName name = service.names().getFirst();
        Optional<ByteBuffer> response =
                process.ask(
                        Dig.query(name, type), new InetSocketAddress(client.address(), PORT), draw);
        if (response.isEmpty()) {
            complaints.broken(
                    Invariant.ANSWERED, process.self() + " says nothing to a query for " + name);
            return List.of();
        }
        Dig.Reply reply = Dig.read(response.get());
        if (reply.rcode() != Dig.NOERROR)
            complaints.broken(
                    Invariant.ANSWERED,
                    process.self() + " answers " + name + " with RCODE " + reply.rcode());
        return reply.leads();
    }
}
