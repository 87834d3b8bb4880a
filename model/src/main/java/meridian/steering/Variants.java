package meridian.steering;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.topology.Binding;
import meridian.topology.Destination;
import meridian.topology.Endpoint;
import meridian.topology.Service;

/// Every set of records that a source comes to, of which a draw gives one. So all are known before
/// anyone asks.
public final class Variants {

    /// What the weights of a step's SRV records add up to, or nearly, where it has several regions.
    private static final long PARTS = 10_000;

    /// With nothing to tell but where.
    private static final Binding UNBOUND =
            new Binding(RecordType.HTTPS, List.of(), OptionalInt.empty(), Optional.empty(), false);

    private final Sampling sampling;
    private final List<List<Rdata>> records;

    private Variants(Sampling sampling, List<List<Rdata>> records) {
        this.sampling = sampling;
        this.records = List.copyOf(records);
    }

    /// Those of a service's records of a type.
    ///
    /// @param parts one at least, with one endpoint at least
    public static Variants of(Service service, RecordType type, List<Part> parts) {
        Binding binding = service.binding(type).orElse(UNBOUND);
        return switch (Shape.of(service, type)) {
            case SAMPLE -> sampled(service, type, parts.getFirst());
            case STEPS, ORDER -> stepped(binding, parts);
            case BINDING -> bound(service, binding, parts);
        };
    }

    /// A CNAME stands alone (RFC 1034 §3.6.2).
    private static Variants sampled(Service service, RecordType type, Part part) {
        int answers = type.equals(RecordType.CNAME) ? 1 : service.answers();
        Sampling sampling = Sampling.of(part.endpoints(), answers);
        return new Variants(
                sampling,
                sampling.samples().stream()
                        .map(sample -> sample.stream().map(Variants::plain).toList())
                        .toList());
    }

    private static Rdata plain(Endpoint endpoint) {
        return record(endpoint, 0, 0, UNBOUND);
    }

    private static Variants stepped(Binding binding, List<Part> parts) {
        Map<Integer, Long> ofStep =
                parts.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Part::step, Collectors.summingLong(Part::weight)));
        var endpoints = new ArrayList<Endpoint>();
        var records = new ArrayList<Rdata>();
        for (Part part : parts) {
            endpoints.addAll(part.endpoints());
            long ofRegions = ofStep.getOrDefault(part.step(), 1L);
            for (Endpoint one : part.endpoints())
                records.add(record(one, part.step(), weight(one, part, ofRegions), binding));
        }
        return new Variants(Sampling.ofAll(endpoints), List.of(alone(records)));
    }

    /// Where a step is one region, the endpoint's own; else its part of what its region has.
    private static int weight(Endpoint endpoint, Part part, long ofRegions) {
        if (part.weight() == ofRegions) return endpoint.weight();
        long ofRegion = part.endpoints().stream().mapToLong(Endpoint::weight).sum();
        long weight = PARTS * part.weight() * endpoint.weight() / (ofRegions * ofRegion);
        return (int) Math.max(1, weight);
    }

    /// What a client tries once, however often it is told of it.
    private record Host(int port, DomainName name) {}

    /// A host that several regions name is told of at the first step that does; where they share
    /// that step, with the weight that it has in all of them.
    private static List<Rdata> alone(List<Rdata> records) {
        var byHost = new LinkedHashMap<Host, Rdata>();
        for (Rdata one : records) {
            switch (one) {
                case Rdata.Mail(_, var name) -> byHost.putIfAbsent(new Host(0, name), one);
                case Rdata.Server server ->
                        byHost.merge(
                                new Host(server.port(), server.target()),
                                server,
                                Variants::together);
                case Rdata.Bound(_, var name, _, _) -> byHost.putIfAbsent(new Host(0, name), one);
                case Rdata.Address _, Rdata.Alias _ ->
                        throw new IllegalArgumentException(one + " is no step");
            }
        }
        return List.copyOf(byHost.values());
    }

    private static Rdata together(Rdata known, Rdata another) {
        if (!(known instanceof Rdata.Server one && another instanceof Rdata.Server other))
            throw new IllegalArgumentException(known + " and " + another + " are no servers");
        if (other.priority() > one.priority()) return one;
        int weight = Math.min(Rdata.MOST, one.weight() + other.weight());
        return new Rdata.Server(one.priority(), weight, one.port(), one.target());
    }

    private static Rdata record(Endpoint endpoint, int step, int weight, Binding binding) {
        return switch (endpoint.destination()) {
            case Destination.Address(var address) -> new Rdata.Address(address);
            case Destination.Alias(var name) -> new Rdata.Alias(name);
            case Destination.MailHost(var name) -> new Rdata.Mail(step, name);
            case Destination.Server(var name, var port) ->
                    new Rdata.Server(step, weight, port, name);
            case Destination.Alternative(_, var name) ->
                    new Rdata.Bound(step, name, binding, List.of());
        };
    }

    /// Its hints are what the same draw gives of A and AAAA.
    private static Variants bound(Service service, Binding binding, List<Part> parts) {
        if (!binding.hints())
            return new Variants(
                    Sampling.ofAll(List.of()), List.of(List.of(bound(binding, List.of()))));
        Sampling sampling =
                Sampling.together(
                        parts.stream()
                                .map(part -> Sampling.of(part.endpoints(), service.answers()))
                                .toList());
        return new Variants(
                sampling,
                sampling.samples().stream()
                        .map(sample -> List.of(bound(binding, sample)))
                        .toList());
    }

    private static Rdata bound(Binding binding, List<Endpoint> sample) {
        List<InetAddress> hints = sample.stream().flatMap(Variants::address).toList();
        return new Rdata.Bound(1, DomainName.ROOT, binding, hints);
    }

    private static Stream<InetAddress> address(Endpoint endpoint) {
        return endpoint.destination() instanceof Destination.Address(var address)
                ? Stream.of(address)
                : Stream.empty();
    }

    /// All sets of records; `indexOf` says which of them a draw gives, before its rotation.
    public List<List<Rdata>> records() {
        return records;
    }

    public int indexOf(long draw) {
        return records.size() == 1 ? 0 : sampling.indexOf(draw);
    }

    /// The records of a draw, in the order in which to answer them.
    List<Rdata> records(long draw) {
        List<Rdata> drawn = records.get(indexOf(draw));
        return Sampling.rotated(drawn, Draw.rotation(draw, drawn.size()));
    }

    /// The endpoints that these records name.
    List<Endpoint> endpoints(long draw) {
        return sampling.at(draw);
    }
}
