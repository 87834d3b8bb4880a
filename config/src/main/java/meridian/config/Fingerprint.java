package meridian.config;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import meridian.config.source.Tree;
import meridian.record.DomainName;
import meridian.record.RRsets;
import meridian.record.ZoneContents;
import meridian.signing.ZoneSigning;

/// One hash over all that steers answers. Two nodes with the same hash choose alike; files may be
/// spaced, commented, ordered and split as one likes.
final class Fingerprint {

    /// The sections that decide answers. The others say where a node listens for people, what it
    /// allows, and where files are, which may differ from machine to machine.
    private static final List<String> STEERING =
            List.of("nodes", "quorum", "regions", "monitors", "clients", "templates", "services");

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// Octets of a type and a TTL, and of an owner before them.
    private static final int HEAD = 6;

    private static final int OWNER_AND_HEAD = DomainName.MAX_LENGTH + HEAD;

    /// Octets of a record's data at most.
    private static final int MOST_DATA = 0xffff;

    /// Two hashes of 64 bits each: that zones are taken for equal by chance is out of the question.
    private static final long ONE_SEED = 0x9e3779b97f4a7c15L;

    private static final long OTHER_SEED = 0x2545f4914f6cdd1dL;

    private final MessageDigest digest = sha256();

    private Fingerprint() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// @param networks the digest of the networks file, or nothing
    static String of(
            Tree.Block root,
            Collection<ZoneContents> zones,
            Collection<ZoneSigning> signed,
            byte[] networks) {
        var fingerprint = new Fingerprint();
        for (String section : STEERING) {
            fingerprint.add(section);
            Tree tree = root.fields().get(section);
            if (tree != null) fingerprint.add(tree);
        }
        zones.stream().sorted(Comparator.comparing(ZoneContents::apex)).forEach(fingerprint::add);
        signed.stream().flatMap(Fingerprint::texts).sorted().forEach(fingerprint::add);
        fingerprint.add(networks);
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private static Stream<String> texts(ZoneSigning zone) {
        return zone.keys().keys().stream()
                .map(
                        key ->
                                String.join(
                                        " ",
                                        key.toString(),
                                        Arrays.toString(key.dnskey()),
                                        key.timing().toString(),
                                        zone.denial().toString()));
    }

    private void add(Tree tree) {
        switch (tree) {
            case Tree.Block(_, var fields) -> {
                add("{" + fields.size());
                var byName = new ArrayList<>(fields.entrySet());
                byName.sort(Map.Entry.comparingByKey());
                for (Map.Entry<String, Tree> field : byName) {
                    add(field.getKey());
                    add(field.getValue());
                }
            }
            case Tree.Listing(_, var items) -> {
                add("[" + items.size());
                items.forEach(this::add);
            }
            case Tree.Scalar(_, _, var text) -> add("=" + text);
        }
    }

    /// Each RRset has a hash of its own, and the zone is the sum of these: so it does not matter
    /// how a million of them are ordered, and nobody has to order them. It is no digest, which
    /// would take a third of a second: zones differ by chance, and whoever writes one may write
    /// another.
    private void add(ZoneContents zone) {
        add(zone.apex());
        RRsets sets = zone.rrsets();
        byte[] octets = new byte[OWNER_AND_HEAD + MOST_DATA + Long.BYTES];
        long sum = 0;
        long otherSum = 0;
        for (int set = 0; set < sets.size(); set++) {
            int length = sets.copyOwner(set, octets, 0);
            for (int i = 0; i < length; i++) octets[i] = DomainName.lower(octets[i]);
            ByteBuffer.wrap(octets, length, HEAD)
                    .putShort((short) sets.type(set))
                    .putInt((int) sets.ttl(set));
            long head = hash(octets, length + HEAD, ONE_SEED);
            long otherHead = hash(octets, length + HEAD, OTHER_SEED);
            long data = 0;
            long otherData = 0;
            for (int at = sets.firstRecord(set); at != RRsets.NO_RECORD; at = sets.nextRecord(at)) {
                sets.copyData(at, octets, 0);
                data += hash(octets, sets.dataLength(at), head);
                otherData += hash(octets, sets.dataLength(at), otherHead);
            }
            sum += mixed(head ^ data);
            otherSum += mixed(otherHead ^ otherData);
        }
        add(ByteBuffer.allocate(2 * Long.BYTES).putLong(sum).putLong(otherSum).array());
    }

    /// Of so many octets; overwrites eight behind them.
    private static long hash(byte[] octets, int length, long seed) {
        Arrays.fill(octets, length, length + Long.BYTES, (byte) 0);
        long hash = seed + length;
        for (int at = 0; at < length; at += Long.BYTES)
            hash = mixed(hash ^ (long) LONGS.get(octets, at));
        return hash;
    }

    /// As SplitMix64 ends.
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    private void add(DomainName name) {
        add(name.toString().toLowerCase(Locale.ROOT));
    }

    private void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The length first, so that no two sequences of parts look the same.
    private void add(byte[] octets) {
        digest.update(ByteBuffer.allocate(4).putInt(octets.length).flip());
        digest.update(octets);
    }
}
