package meridian.dns.ready;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.steering.Plan;
import meridian.steering.Sampling;
import meridian.topology.Destination;
import meridian.topology.Endpoint;

/// A plan with every RRset that it can give. A query costs it a draw and two array look-ups.
final class ReadyPlan {

    private final Plan plan;

    /// By share, then by sample, then by which of its endpoints is named first.
    private final List<List<List<RRset>>> rrsets;

    private ReadyPlan(Plan plan, List<List<List<RRset>>> rrsets) {
        this.plan = plan;
        this.rrsets = rrsets;
    }

    static ReadyPlan of(Plan plan, RecordType type, long ttl) {
        return new ReadyPlan(
                plan,
                plan.shares().stream().map(share -> samples(share.sampling(), type, ttl)).toList());
    }

    Plan plan() {
        return plan;
    }

    /// The RRset of one draw, owned by the root until someone says who asked; none for an empty
    /// answer.
    Optional<RRset> answer(long draw) {
        if (rrsets.isEmpty()) return Optional.empty();
        int share = plan.share(draw);
        int sample = plan.shares().get(share).sampling().indexOf(draw);
        List<RRset> rotations = rrsets.get(share).get(sample);
        return Optional.of(rotations.get(Sampling.rotation(draw, rotations.size())));
    }

    private static List<List<RRset>> samples(Sampling sampling, RecordType type, long ttl) {
        return sampling.samples().stream().map(sample -> rotations(sample, type, ttl)).toList();
    }

    private static List<RRset> rotations(List<Endpoint> sample, RecordType type, long ttl) {
        List<byte[]> rdata =
                sample.stream().map(endpoint -> rdata(endpoint.destination())).toList();
        return IntStream.range(0, rdata.size())
                .mapToObj(
                        first ->
                                new RRset(
                                        DomainName.ROOT, type, ttl, Sampling.rotated(rdata, first)))
                .toList();
    }

    private static byte[] rdata(Destination destination) {
        return switch (destination) {
            case Destination.Address(InetAddress address) -> address.getAddress();
            case Destination.Alias(DomainName name) -> name.toWire();
        };
    }
}
