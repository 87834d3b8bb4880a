package meridian.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Role;

/// `nodes { … }`.
final class NodeSection {

    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(role -> role.name().toLowerCase(Locale.ROOT)).toList();

    private final Problems problems;
    private final Values values;
    private final ListenAddress listenAddress;
    private final List<String> regions;

    /// @param regions the names of the regions there are
    NodeSection(Problems problems, List<String> regions) {
        this.problems = problems;
        this.values = new Values(problems);
        this.listenAddress = new ListenAddress(problems);
        this.regions = regions;
    }

    List<Node> read(SequencedMap<String, Tree> section) {
        if (section.isEmpty()) return List.of(alone());
        var nodes = new ArrayList<Node>();
        section.forEach((name, tree) -> node(name, tree).ifPresent(nodes::add));
        return nodes;
    }

    /// The one node of a configuration that names none: everything, on loopback.
    private Node alone() {
        var loopback = InetAddress.getLoopbackAddress();
        return new Node(
                new NodeId("local"),
                new RegionId(regions.getFirst()),
                EnumSet.allOf(Role.class),
                List.of(new InetSocketAddress(loopback, 5300)),
                Optional.of(new InetSocketAddress(loopback, 8053)),
                Optional.empty());
    }

    private Optional<Node> node(String name, Tree tree) {
        Optional<Fields> found = Fields.of(tree, Schema.NODE, problems);
        if (found.isEmpty()) return Optional.empty();
        Fields fields = found.get();
        fields.require("region", Nearest.accepted("", regions));
        Optional<NodeId> id = problems.attempt(tree.at(), () -> new NodeId(name));
        Optional<String> region =
                fields.read("region", one -> values.known(one, "a region", regions));
        Set<Role> roles = roles(fields);
        checkListeners(fields, roles);
        var taken = new HashSet<InetSocketAddress>();
        List<InetSocketAddress> dns = fields.readEach("dns", listener(taken, 0));
        var takenByUdp = new HashSet<>(taken);
        List<InetSocketAddress> tls = fields.readEach("tls", listener(taken, 0));
        List<InetSocketAddress> quic = fields.readEach("quic", listener(takenByUdp, 0));
        Optional<InetSocketAddress> api = fields.read("api", listener(taken, 0));
        Optional<InetSocketAddress> cluster = fields.read("cluster", listener(taken, 1));
        if (id.isEmpty() || region.isEmpty() || roles.isEmpty()) return Optional.empty();
        return problems.attempt(
                tree.at(),
                () ->
                        new Node(
                                id.get(),
                                new RegionId(region.get()),
                                roles,
                                dns,
                                tls,
                                quic,
                                api,
                                cluster));
    }

    private Set<Role> roles(Fields fields) {
        if (!fields.has("roles")) return EnumSet.allOf(Role.class);
        var roles = EnumSet.noneOf(Role.class);
        for (Tree item : fields.items("roles"))
            values.known(item, "a role", ROLES)
                    .ifPresent(role -> roles.add(Role.valueOf(role.toUpperCase(Locale.ROOT))));
        if (fields.items("roles").isEmpty())
            problems.refuse(fields.at("roles"), "is empty", Nearest.accepted("", ROLES));
        return roles;
    }

    private void checkListeners(Fields fields, Set<Role> roles) {
        checkListener(fields, roles.contains(Role.DNS), "dns", "dns = [\"127.0.0.1:5300\"]");
        checkListener(fields, roles.contains(Role.API), "api", "api = \"127.0.0.1:8053\"");
        if (roles.contains(Role.DNS)) return;
        refuseWithoutRole(fields, "tls", "dns");
        refuseWithoutRole(fields, "quic", "dns");
    }

    private void checkListener(Fields fields, boolean hasRole, String role, String example) {
        boolean listens = !fields.items(role).isEmpty();
        if (hasRole && !listens)
            problems.refuse(
                    fields.at(),
                    "has the role " + role + " and nowhere to listen",
                    example + ", or roles without " + role + ", is accepted");
        if (!hasRole) refuseWithoutRole(fields, role, role);
    }

    private void refuseWithoutRole(Fields fields, String key, String role) {
        if (fields.items(key).isEmpty()) return;
        problems.refuse(
                fields.at(key),
                "is given, but the node has not the role " + role,
                "the role, or no address, is accepted");
    }

    private Function<Tree, Optional<InetSocketAddress>> listener(
            Set<InetSocketAddress> taken, int leastPort) {
        return tree -> {
            Optional<InetSocketAddress> address = listenAddress.read(tree, leastPort);
            if (address.filter(one -> one.getPort() != 0 && !taken.add(one)).isPresent())
                problems.refuse(
                        tree.at(),
                        values.text(tree).orElse("") + " is taken by this node already",
                        "each address with a port is accepted once");
            return address;
        };
    }
}
