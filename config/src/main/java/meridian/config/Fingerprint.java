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
import meridian.record.ZoneContents;

/// One hash over all that steers answers. Two nodes with the same hash choose alike; files may be
/// spaced, commented, ordered and split as one likes.
final class Fingerprint {

    /// The sections that decide answers. The others say where a node listens for people, what it
    /// allows, and where files are, which may differ from machine to machine.
    private static final List<String> STEERING =
            List.of("nodes", "quorum", "regions", "monitors", "clients", "templates", "services");

    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// @param networks the content of the networks file, or nothing
    static String of(Tree.Block root, Collection<ZoneContents> zones, byte[] networks) {
        var fingerprint = new Fingerprint();
        for (String section : STEERING) {
            fingerprint.add(section);
            Tree tree = root.fields().get(section);
            if (tree != null) fingerprint.add(tree);
        }
        zones.stream().sorted(Comparator.comparing(ZoneContents::apex)).forEach(fingerprint::add);
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

    private void add(ZoneContents zone) {
        add(zone.apex());
        zone.rrsets().stream()
                .sorted(Comparator.comparing(RRset::owner).thenComparing(RRset::type))
                .forEach(this::add);
    }

    private void add(RRset set) {
        add(set.owner());
        add(set.type() + " " + set.ttl() + " " + set.rdata().size());
        set.rdata().stream().sorted(Arrays::compareUnsigned).forEach(this::add);
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
