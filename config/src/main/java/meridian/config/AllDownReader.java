package meridian.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import meridian.config.HostChecks.WrittenHost;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.topology.AllDown;
import meridian.topology.Destination;
import meridian.topology.Service;

/// The `all-down` of a service: what it answers when nothing is eligible.
final class AllDownReader {

    private static final String CNAME = "cname:";
    private static final String ACCEPTED =
            "fail-open, last-good, no-data, a list of addresses or \"cname:NAME\" is accepted";

    private final Problems problems;
    private final Values values;
    private final List<WrittenHost> hosts;

    /// @param hosts takes every name that is answered with
    AllDownReader(Problems problems, List<WrittenHost> hosts) {
        this.problems = problems;
        this.values = new Values(problems);
        this.hosts = hosts;
    }

    Optional<AllDown> read(Tree tree) {
        if (tree instanceof Tree.Listing(_, var items)) return addresses(tree, items);
        Optional<String> text = values.text(tree);
        if (text.isEmpty()) return Optional.empty();
        return switch (text.get()) {
            case "fail-open" -> Optional.of(new AllDown.FailOpen());
            case "last-good" -> Optional.of(new AllDown.LastGood());
            case "no-data" -> Optional.of(new AllDown.NoData());
            default -> alias(tree, text.get());
        };
    }

    private Optional<AllDown> addresses(Tree tree, List<Tree> items) {
        List<InetAddress> addresses =
                items.stream().flatMap(item -> values.address(item).stream()).toList();
        if (items.isEmpty()) return values.wrong(tree, "names no address", ACCEPTED);
        if (addresses.size() < items.size()) return Optional.empty();
        return problems.attempt(tree.at(), () -> new AllDown.Addresses(addresses));
    }

    private Optional<AllDown> alias(Tree tree, String text) {
        if (!text.startsWith(CNAME))
            return values.wrong(tree, "\"" + text + "\" is none of the forms", ACCEPTED);
        String name = text.substring(CNAME.length()).strip();
        return problems.attempt(tree.at(), () -> new AllDown.Alias(DomainName.of(name)));
    }

    /// A type that a service has is never NODATA, unless the operator asks for that.
    void check(Service service, Fields fields) {
        switch (service.allDown()) {
            case AllDown.FailOpen _, AllDown.LastGood _, AllDown.NoData _ -> {}
            case AllDown.Alias(var name) -> checkAlias(service, name, fields);
            case AllDown.Addresses(var addresses) -> checkAddresses(service, addresses, fields);
        }
    }

    private void checkAlias(Service service, DomainName name, Fields fields) {
        if (service.types().contains(RecordType.CNAME)) {
            hosts.add(new WrittenHost(RecordType.CNAME, name, fields.at("all-down")));
            return;
        }
        problems.refuse(
                fields.at("all-down"),
                "is a name, and the service answers with " + types(service),
                service.addressTypes().isEmpty()
                        ? "fail-open, last-good or no-data is accepted"
                        : "a list of addresses, fail-open, last-good or no-data is accepted");
    }

    private void checkAddresses(Service service, List<InetAddress> addresses, Fields fields) {
        if (service.types().contains(RecordType.CNAME)) {
            problems.refuse(
                    fields.at("all-down"),
                    "is a list of addresses, and the service answers with names",
                    "\"cname:NAME\", fail-open, last-good or no-data is accepted");
            return;
        }
        if (!service.addressTypes().equals(List.copyOf(service.types()))) {
            problems.refuse(
                    fields.at("all-down"),
                    "is a list of addresses, and the service answers with " + types(service),
                    "fail-open, last-good or no-data is accepted");
            return;
        }
        List<RecordType> given =
                addresses.stream().map(one -> new Destination.Address(one).type()).toList();
        for (RecordType type : service.types())
            if (!given.contains(type))
                problems.refuse(
                        fields.at("all-down"),
                        "has no address for " + type + ", which the service has",
                        "addresses of every family that the service has are accepted");
    }

    private static String types(Service service) {
        return service.types().stream().map(RecordType::toString).collect(Collectors.joining(", "));
    }
}
