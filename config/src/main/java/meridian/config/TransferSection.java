package meridian.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.record.DomainName;
import meridian.topology.Network;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.Role;
import meridian.topology.ZoneTransfer;

/// `transfer { … }` of a zone: who gives it to whom.
final class TransferSection {

    /// In no table: a client of whom nobody knows where it is.
    private static final InetAddress NOWHERE = InetAddress.ofLiteral("0.0.0.0");

    private static final Duration PACE = Duration.ofSeconds(1);

    private final Problems problems;
    private final Values values;
    private final List<String> nodes;
    private final Set<String> keys;

    /// @param keys the names of the transfer keys there are
    TransferSection(Problems problems, List<Node> nodes, Set<String> keys) {
        this.problems = problems;
        this.values = new Values(problems);
        this.nodes =
                nodes.stream()
                        .filter(node -> node.roles().contains(Role.DNS))
                        .map(node -> node.id().name())
                        .toList();
        this.keys = keys;
    }

    Optional<ZoneTransfer> read(Fields fields) {
        fields.require("primary", Nearest.accepted("", nodes));
        Optional<String> primary =
                fields.read(
                        "primary", one -> values.known(one, "a node that answers queries", nodes));
        if (fields.items("to").isEmpty())
            problems.refuse(
                    fields.at("to"),
                    "lets nobody have the zone",
                    "to = [{ key = NAME }], to = [{ networks = [\"192.0.2.53\"] }] or both is"
                            + " accepted");
        List<ZoneTransfer.Allowance> to = fields.readEach("to", this::allowance);
        List<ZoneTransfer.Notified> notified = fields.readEach("notify", this::notified);
        InetAddress client = fields.read("client", values::address).orElse(NOWHERE);
        Duration pace = fields.duration("pace", PACE, Duration.ofMillis(10), Duration.ofHours(1));
        if (primary.isEmpty() || to.size() < fields.items("to").size() || to.isEmpty())
            return Optional.empty();
        return Optional.of(new ZoneTransfer(new NodeId(primary.get()), to, notified, client, pace));
    }

    private Optional<ZoneTransfer.Allowance> allowance(Tree tree) {
        Optional<Fields> found = Fields.of(tree, Schema.ALLOWANCE, problems);
        if (found.isEmpty()) return Optional.empty();
        Fields fields = found.get();
        Optional<DomainName> key = fields.read("key", this::key);
        List<Network> networks = fields.readEach("networks", values::network);
        boolean isUnread =
                (fields.has("key") && key.isEmpty())
                        || networks.size() < fields.items("networks").size();
        if (isUnread) return Optional.empty();
        return problems.attempt(tree.at(), () -> new ZoneTransfer.Allowance(key, networks));
    }

    /// An address alone is told without a signature.
    private Optional<ZoneTransfer.Notified> notified(Tree tree) {
        if (!(tree instanceof Tree.Block block))
            return notified(tree, Optional.empty(), Optional.empty());
        Fields fields = Fields.of(block, Schema.NOTIFIED, problems);
        fields.require("address", "address = \"192.0.2.53:53\" is accepted");
        Optional<DomainName> key = fields.read("key", this::key);
        Optional<InetAddress> from = fields.read("from", values::address);
        boolean isUnread =
                (fields.has("key") && key.isEmpty()) || (fields.has("from") && from.isEmpty());
        if (isUnread) return Optional.empty();
        return fields.read("address", address -> notified(address, key, from));
    }

    private Optional<ZoneTransfer.Notified> notified(
            Tree address, Optional<DomainName> key, Optional<InetAddress> from) {
        Optional<InetSocketAddress> read = new ListenAddress(problems).read(address, 1);
        return read.flatMap(
                to ->
                        problems.attempt(
                                address.at(), () -> new ZoneTransfer.Notified(to, key, from)));
    }

    private Optional<DomainName> key(Tree tree) {
        return values.known(tree, "a transfer key", keys)
                .flatMap(name -> problems.attempt(tree.at(), () -> DomainName.of(name)));
    }
}
