package meridian.dns.ready;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import meridian.dns.signed.Occasion;
import meridian.dns.signed.ZoneSigner;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.steering.Part;
import meridian.steering.Rdata;
import meridian.steering.Sampling;
import meridian.steering.Variants;

/// What one source of a service comes to, with all the records that it can give as octets. A query
/// costs it a draw, an array look-up and a copy.
final class ReadyRecords {

    /// A record's owner is a pointer to the QNAME, whatever that is: right behind the header.
    static final short OWNER = (short) 0xc00c;

    private static final int CLASS_IN = 1;

    /// Octets of a record up to its data.
    static final int RECORD_HEAD = 12;

    static final byte[] NOTHING = {};

    private final List<Part> parts;
    private final Variants variants;

    /// By sample: its records one after another, to be begun at any of them.
    private final byte[][] samples;

    /// By owner in a signed zone and sample: the data of its RRSIG records.
    private final Map<DomainName, List<List<byte[]>>> signatures;

    /// By the position of an owner among the service's names, and sample: its RRSIG records, one
    /// after another; none where its zone is not signed.
    private final Signatures[][] readySignatures;

    /// RRSIG records as octets, and how many.
    static final class Signatures {
        static final Signatures NONE = new Signatures(NOTHING, 0);

        /// Nobody writes into them.
        final byte[] octets;

        final int count;

        private Signatures(byte[] octets, int count) {
            this.octets = octets;
            this.count = count;
        }
    }

    private ReadyRecords(
            List<Part> parts,
            Variants variants,
            byte[][] samples,
            Map<DomainName, List<List<byte[]>>> signatures,
            Signatures[][] readySignatures) {
        this.parts = parts;
        this.variants = variants;
        this.samples = samples;
        this.signatures = signatures;
        this.readySignatures = readySignatures;
    }

    /// @param parts what the variants are made of
    /// @param owners of the records
    /// @param signers by each of them that is in a signed zone
    /// @param occasion of signatures that are not there yet
    static ReadyRecords of(
            List<Part> parts,
            Variants variants,
            RecordType type,
            long ttl,
            List<DomainName> owners,
            Map<DomainName, ZoneSigner> signers,
            Occasion occasion) {
        List<List<byte[]>> all = variants.records().stream().map(ReadyRecords::rdata).toList();
        byte[][] samples = new byte[all.size()][];
        for (int i = 0; i < samples.length; i++) samples[i] = records(type, ttl, all.get(i));
        var signatures = signatures(all, type, ttl, signers, occasion);
        var ready = new Signatures[signers.isEmpty() ? 0 : owners.size()][];
        for (int i = 0; i < ready.length; i++)
            ready[i] = ready(signatures.getOrDefault(owners.get(i), List.of()), ttl);
        return new ReadyRecords(parts, variants, samples, signatures, ready);
    }

    private static Signatures[] ready(List<List<byte[]>> ofSamples, long ttl) {
        return ofSamples.stream()
                .map(all -> new Signatures(records(RecordType.RRSIG, ttl, all), all.size()))
                .toArray(Signatures[]::new);
    }

    private static Map<DomainName, List<List<byte[]>>> signatures(
            List<List<byte[]>> samples,
            RecordType type,
            long ttl,
            Map<DomainName, ZoneSigner> signers,
            Occasion occasion) {
        var signatures = new HashMap<DomainName, List<List<byte[]>>>();
        signers.forEach(
                (owner, signer) ->
                        signatures.put(
                                owner,
                                samples.stream()
                                        .map(sample -> new RRset(owner, type, ttl, sample))
                                        .map(rrset -> signer.signatures(rrset, occasion))
                                        .toList()));
        return Map.copyOf(signatures);
    }

    /// Whether these parts of the same service and type would give the same.
    boolean isOf(List<Part> others) {
        return parts.equals(others);
    }

    /// The records of one draw, in the order of their endpoints and not rotated.
    byte[] records(long draw) {
        return samples[sample(draw)];
    }

    /// The signatures of one draw's records.
    ///
    /// @param position of their owner among the service's names
    Signatures signatures(int position, long draw) {
        if (readySignatures.length == 0) return Signatures.NONE;
        Signatures[] ofOwner = readySignatures[position];
        return ofOwner.length == 0 ? Signatures.NONE : ofOwner[sample(draw)];
    }

    private int sample(long draw) {
        return samples.length == 1 ? 0 : variants.indexOf(draw);
    }

    /// The RRset of one draw's records.
    ///
    /// @param owner the steered name, which may be a wildcard
    RRset rrset(DomainName owner, long draw) {
        ByteBuffer records = ByteBuffer.wrap(records(draw));
        var type = new RecordType(records.getShort(2));
        long ttl = records.getInt(6);
        List<byte[]> rdata = new ArrayList<>();
        while (records.hasRemaining()) {
            records.position(records.position() + RECORD_HEAD - 2);
            byte[] one = new byte[records.getChar()];
            records.get(one);
            rdata.add(one);
        }
        int first = Sampling.rotation(draw, rdata.size());
        List<List<byte[]>> ofOwner = signatures.get(owner);
        return new RRset(
                owner,
                type,
                ttl,
                Sampling.rotated(rdata, first),
                ofOwner == null ? List.of() : ofOwner.get(sample(draw)));
    }

    private static byte[] records(RecordType type, long ttl, List<byte[]> rdata) {
        int length = rdata.stream().mapToInt(one -> RECORD_HEAD + one.length).sum();
        ByteBuffer records = ByteBuffer.allocate(length);
        for (byte[] one : rdata) {
            records.putShort(OWNER).putShort((short) type.number());
            records.putShort((short) CLASS_IN).putInt((int) ttl);
            records.putShort((short) one.length).put(one);
        }
        return records.array();
    }

    static List<byte[]> rdata(List<Rdata> records) {
        return records.stream().map(Rdata::toWire).toList();
    }
}
