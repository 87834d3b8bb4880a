package meridian.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import meridian.config.HostChecks.WrittenHost;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.source.Tree;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.Pool;
import meridian.topology.RegionId;

/// The `pools { … }` of a service.
final class PoolSection {

    private static final int LAST_PORT = 65_535;

    /// What names a host instead of addresses.
    private static final List<String> NAMES = List.of("cname", "mx", "srv", "https", "svcb");

    /// Those of them whose records have no weights.
    private static final List<String> UNWEIGHED = List.of("mx", "https", "svcb");

    private static final String ONE_KIND =
            "v4 and v6, or one of cname, mx, srv, https and svcb alone, are accepted";

    private final Problems problems;
    private final Values values;
    private final Map<String, List<String>> cells;
    private final List<WrittenHost> hosts;

    /// @param cells of each region there is, by its name
    /// @param hosts takes every name that an endpoint leads to
    PoolSection(Problems problems, Map<String, List<String>> cells, List<WrittenHost> hosts) {
        this.problems = problems;
        this.values = new Values(problems);
        this.cells = cells;
        this.hosts = hosts;
    }

    /// @param watched whether the service has a monitor
    List<Pool> read(SequencedMap<String, Tree> section, boolean watched) {
        var pools = new ArrayList<Pool>();
        section.forEach((region, tree) -> pool(region, tree, watched).ifPresent(pools::add));
        return pools;
    }

    private Optional<Pool> pool(String region, Tree tree, boolean watched) {
        Optional<Fields> fields = Fields.of(tree, Schema.POOL, problems);
        if (!cells.containsKey(region)) {
            problems.refuse(tree.at(), "is not a region", Nearest.accepted(region, cells.keySet()));
            return Optional.empty();
        }
        return fields.flatMap(one -> pool(region, one, watched));
    }

    private Optional<Pool> pool(String region, Fields fields, boolean watched) {
        if (fields.items("endpoints").isEmpty())
            problems.refuse(
                    fields.at("endpoints"),
                    "has no endpoint",
                    "endpoints = [{ v4 = \"192.0.2.1\" }] is accepted");
        int minUp = fields.percent("min-up", 0, 0);
        List<Endpoint> endpoints = endpoints(region, fields.items("endpoints"), watched);
        if (endpoints.isEmpty()) return Optional.empty();
        return problems.attempt(
                fields.at("min-up"), () -> new Pool(new RegionId(region), minUp, endpoints));
    }

    private List<Endpoint> endpoints(String region, List<Tree> items, boolean watched) {
        var endpoints = new ArrayList<Endpoint>();
        var seen = new HashSet<Destination>();
        for (Tree item : items) {
            int errors = problems.errors();
            Optional<Fields> fields = Fields.of(item, Schema.ENDPOINT, problems);
            List<Endpoint> own = fields.map(one -> endpoints(region, one)).orElse(List.of());
            for (Endpoint one : own)
                if (!seen.add(one.destination()))
                    problems.refuse(
                            item.at(),
                            one.destination() + " is in this pool already",
                            "each endpoint is accepted once");
            // What is wrong is to be mended first, and may be the cause.
            if (problems.errors() == errors)
                own.forEach(one -> doubt(one, fields.orElseThrow(), watched));
            endpoints.addAll(own);
        }
        return endpoints;
    }

    /// What may be amiss with an endpoint in which nothing is wrong.
    private void doubt(Endpoint endpoint, Fields fields, boolean watched) {
        if (watched && endpoint.probed().isEmpty()) warnOfUnprobed(fields.at(), endpoint);
        named(fields).forEach(kind -> note(endpoint.destination(), fields.at(kind)));
    }

    /// Of a service without a monitor that is told once.
    private void warnOfUnprobed(Spot at, Endpoint endpoint) {
        problems.warn(
                at,
                endpoint.destination()
                        + " is a name that nothing probes, so it always counts as up",
                "probe = \"192.0.2.1\", an address of it, lets the monitor watch it");
    }

    /// One endpoint for each family that is given, or that of a name.
    private List<Endpoint> endpoints(String region, Fields fields) {
        List<String> names = named(fields);
        checkOneKind(fields, names);
        checkPort(fields);
        Optional<String> cell = fields.read("cell", tree -> cell(tree, region));
        int weight = weight(fields, names);
        var endpoints = new ArrayList<Endpoint>();
        for (String family : List.of("v4", "v6"))
            address(fields, family)
                    .map(Destination.Address::new)
                    .map(to -> new Endpoint(to, weight, cell, probe(fields, family)))
                    .ifPresent(endpoints::add);
        for (String kind : names)
            fields.read(kind, tree -> named(kind, tree, fields))
                    .map(to -> new Endpoint(to, weight, cell, probe(fields, "v4")))
                    .ifPresent(endpoints::add);
        return endpoints;
    }

    private void note(Destination to, Spot at) {
        switch (to) {
            case Destination.MailHost(var name) -> hosts.add(new WrittenHost(to.type(), name, at));
            case Destination.Server(var name, _) -> hosts.add(new WrittenHost(to.type(), name, at));
            case Destination.Alternative(var type, var name) ->
                    hosts.add(new WrittenHost(type, name, at));
            case Destination.Alias(var name) -> hosts.add(new WrittenHost(to.type(), name, at));
            case Destination.Address _ -> {}
        }
    }

    private Optional<Destination> named(String kind, Tree tree, Fields fields) {
        Optional<DomainName> name = values.domainName(tree);
        return switch (kind) {
            case "mx" -> name.flatMap(host -> of(tree, () -> new Destination.MailHost(host)));
            case "srv" -> {
                int port = fields.number("port", 1, 1, LAST_PORT);
                yield name.flatMap(host -> of(tree, () -> new Destination.Server(host, port)));
            }
            case "https" -> name.flatMap(host -> alternative(tree, RecordType.HTTPS, host));
            case "svcb" -> name.flatMap(host -> alternative(tree, RecordType.SVCB, host));
            default -> name.map(Destination.Alias::new);
        };
    }

    private Optional<Destination> alternative(Tree tree, RecordType type, DomainName host) {
        return of(tree, () -> new Destination.Alternative(type, host));
    }

    private Optional<Destination> of(Tree tree, Supplier<Destination> destination) {
        return problems.attempt(tree.at(), destination);
    }

    /// By which keys an endpoint names a host: one of them at most, if it is right.
    private static List<String> named(Fields fields) {
        return NAMES.stream().filter(fields::has).toList();
    }

    private void checkOneKind(Fields fields, List<String> names) {
        boolean address = fields.has("v4") || fields.has("v6");
        if (!address && names.isEmpty()) problems.refuse(fields.at(), "has no address", ONE_KIND);
        if (address && !names.isEmpty())
            problems.refuse(fields.at(names.getFirst()), "stands beside an address", ONE_KIND);
        if (!address && names.size() > 1)
            problems.refuse(fields.at(names.get(1)), "stands beside " + names.getFirst(), ONE_KIND);
    }

    private void checkPort(Fields fields) {
        if (fields.has("srv")) fields.require("port", "port = 5060 is accepted");
        else if (fields.has("port"))
            problems.refuse(
                    fields.at("port"),
                    "stands in an endpoint without srv",
                    "a port is accepted beside srv, and in the service's https and svcb");
    }

    private int weight(Fields fields, List<String> names) {
        for (String kind : names)
            if (UNWEIGHED.contains(kind) && fields.has("weight"))
                problems.refuse(
                        fields.at("weight"),
                        "stands beside " + kind + ", whose records have no weights",
                        kind + " without weight is accepted");
        return fields.number("weight", 1, 1, Endpoint.MAX_WEIGHT);
    }

    private Optional<String> cell(Tree tree, String region) {
        List<String> known = cells.getOrDefault(region, List.of());
        return values.known(tree, "a cell of " + region, known);
    }

    /// The address to probe instead; one for both families, or one for each.
    private Optional<InetAddress> probe(Fields fields, String family) {
        Optional<Tree> probe = fields.find("probe");
        if (probe.isEmpty()) return Optional.empty();
        if (!(probe.get() instanceof Tree.Block block)) return values.address(probe.get());
        return address(Fields.of(block, Schema.PROBE, problems), family);
    }

    private Optional<InetAddress> address(Fields fields, String family) {
        return fields.read(family, tree -> address(tree, family.equals("v4")));
    }

    private Optional<InetAddress> address(Tree tree, boolean v4) {
        Optional<InetAddress> address = values.address(tree);
        if (address.isEmpty()) return address;
        if (isNoMachine(address.get()))
            return values.wrong(
                    tree,
                    "\"" + values.text(tree).orElse("") + "\" is the address of no machine",
                    "one that clients can connect to is accepted");
        if (address.get() instanceof Inet4Address == v4) return address;
        return values.wrong(
                tree,
                "\""
                        + values.text(tree).orElse("")
                        + "\" is an "
                        + (v4 ? "IPv6" : "IPv4")
                        + " address",
                v4 ? "an IPv4 address is accepted" : "an IPv6 address is accepted");
    }

    /// What stands for all addresses, for many machines, or for every neighbour.
    private static boolean isNoMachine(InetAddress address) {
        return address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || address.getHostAddress().equals("255.255.255.255");
    }
}
