package meridian.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import meridian.config.source.Tree;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RRsets;
import meridian.record.ZoneContents;
import meridian.signing.ZoneKeys;

/// One hash over all that steers answers. Two nodes with the same hash choose alike; files may be
/// spaced, commented, ordered and split as one likes.
final class Fingerprint {

    /// The sections that decide answers. The others say where a node listens for people, what it
    /// allows, and where files are, which may differ from machine to machine.
    private static final List<String> STEERING =
            List.of("nodes", "quorum", "regions", "monitors", "clients", "templates", "services");

    private static final int DIGEST_LONGS = 4;

    /// Octets of the longest owner, and of a type and a TTL.
    private static final int OWNER_AND_HEAD = DomainName.MAX_LENGTH + 6;

    private final MessageDigest digest = sha256();

    private Fingerprint() {}

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// @param networks the content of the networks file, or nothing
    static String of(
            Tree.Block root,
            Collection<ZoneContents> zones,
            Collection<ZoneKeys> keys,
            byte[] networks) {
        var fingerprint = new Fingerprint();
        for (String section : STEERING) {
            fingerprint.add(section);
            Tree tree = root.fields().get(section);
            if (tree != null) fingerprint.add(tree);
        }
        zones.stream().sorted(Comparator.comparing(ZoneContents::apex)).forEach(fingerprint::add);
        keys.stream()
                .sorted(Comparator.comparing(ZoneKeys::apex))
                .flatMap(of -> of.keys().stream())
                .map(key -> key + " " + Arrays.toString(key.dnskey()) + " " + key.timing())
                .sorted()
                .forEach(fingerprint::add);
        fingerprint.add(networks);
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private void add(Tree tree) {
        switch (tree) {
            case Tree.Block(_, var fields) -> {
                add("{" + fields.size());
                Map<String, Tree> byName = new TreeMap<>(fields);
                byName.forEach(
                        (name, value) -> {
                            add(name);
                            add(value);
                        });
            }
            case Tree.Listing(_, var items) -> {
                add("[" + items.size());
                items.forEach(this::add);
            }
            case Tree.Scalar(_, _, var text) -> add("=" + text);
        }
    }

    /// Each RRset has a digest of its own, and the zone is the sum of these: so it does not matter
    /// how a million of them are ordered, and nobody has to order them.
    private void add(ZoneContents zone) {
        add(zone.apex());
        RRsets sets = zone.rrsets();
        MessageDigest own = sha256();
        var octets = ByteBuffer.allocate(OWNER_AND_HEAD);
        long[] sum = new long[DIGEST_LONGS];
        for (int set = 0; set < sets.size(); set++) {
            octets.clear();
            sets.readOwner(set, (owner, from, length) -> putLower(owner, from, length, octets));
            octets.putShort((short) sets.type(set)).putInt((int) sets.ttl(set));
            own.update(octets.flip());
            if (sets.records(set) == 1) sets.readData(set, own::update);
            else addSorted(sets.get(set), own);
            ByteBuffer digested = ByteBuffer.wrap(own.digest());
            for (int i = 0; i < DIGEST_LONGS; i++) sum[i] += digested.getLong();
        }
        var sums = ByteBuffer.allocate(Long.BYTES * DIGEST_LONGS);
        for (long one : sum) sums.putLong(one);
        add(sums.array());
    }

    private static void putLower(byte[] name, int from, int length, ByteBuffer into) {
        for (int i = from; i < from + length; i++)
            into.put(name[i] >= 'A' && name[i] <= 'Z' ? (byte) (name[i] + 'a' - 'A') : name[i]);
    }

    private static void addSorted(RRset set, MessageDigest into) {
        set.rdata().stream()
                .sorted(Arrays::compareUnsigned)
                .forEach(
                        one -> {
                            into.update(ByteBuffer.allocate(4).putInt(one.length).flip());
                            into.update(one);
                        });
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
