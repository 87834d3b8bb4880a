package meridian.dns.ready;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.steering.Plan;
import meridian.steering.Sampling;
import meridian.topology.Destination;
import meridian.topology.Endpoint;

/// A plan with all the records that it can give, as octets. A query costs it a draw, two array
/// look-ups and a copy.
final class ReadyPlan {

    /// A record's owner is a pointer to the QNAME, whatever that is: right behind the header.
    private static final int OWNER = 0xc00c;

    private static final int CLASS_IN = 1;

    /// Octets of a record up to its data.
    static final int RECORD_HEAD = 12;

    static final byte[] NOTHING = {};

    private final Plan plan;

    /// By share, then by sample: its records one after another, to be begun at any of them.
    private final byte[][][] samples;

    private ReadyPlan(Plan plan, byte[][][] samples) {
        this.plan = plan;
        this.samples = samples;
    }

    static ReadyPlan of(Plan plan, RecordType type, long ttl) {
        byte[][][] samples =
                plan.shares().stream()
                        .map(share -> samples(share.sampling(), type, ttl))
                        .toArray(byte[][][]::new);
        return new ReadyPlan(plan, samples);
    }

    Plan plan() {
        return plan;
    }

    /// The records of one draw, in the order of their endpoints and not rotated; none for an empty
    /// answer.
    byte[] records(long draw) {
        if (samples.length == 0) return NOTHING;
        int share = samples.length == 1 ? 0 : plan.share(draw);
        byte[][] ofShare = samples[share];
        return ofShare.length == 1
                ? ofShare[0]
                : ofShare[plan.shares().get(share).sampling().indexOf(draw)];
    }

    /// The RRset of one draw, owned by the root until someone says who asked; none for an empty
    /// answer.
    Optional<RRset> answer(long draw) {
        ByteBuffer records = ByteBuffer.wrap(records(draw));
        if (!records.hasRemaining()) return Optional.empty();
        var type = new RecordType(records.getShort(2));
        long ttl = records.getInt(6);
        List<byte[]> rdata = new ArrayList<>();
        while (records.hasRemaining()) {
            records.position(records.position() + RECORD_HEAD - 2);
            byte[] one = new byte[records.getShort()];
            records.get(one);
            rdata.add(one);
        }
        int first = Sampling.rotation(draw, rdata.size());
        return Optional.of(new RRset(DomainName.ROOT, type, ttl, Sampling.rotated(rdata, first)));
    }

    private static byte[][] samples(Sampling sampling, RecordType type, long ttl) {
        return sampling.samples().stream()
                .map(sample -> records(sample, type, ttl))
                .toArray(byte[][]::new);
    }

    private static byte[] records(List<Endpoint> sample, RecordType type, long ttl) {
        List<byte[]> rdata =
                sample.stream().map(endpoint -> rdata(endpoint.destination())).toList();
        int length = rdata.stream().mapToInt(one -> RECORD_HEAD + one.length).sum();
        ByteBuffer records = ByteBuffer.allocate(length);
        for (byte[] one : rdata) {
            records.putShort((short) OWNER).putShort((short) type.number());
            records.putShort((short) CLASS_IN).putInt((int) ttl);
            records.putShort((short) one.length).put(one);
        }
        return records.array();
    }

    private static byte[] rdata(Destination destination) {
        return switch (destination) {
            case Destination.Address(InetAddress address) -> address.getAddress();
            case Destination.Alias(DomainName name) -> name.toWire();
        };
    }
}
