package meridian.dns.ready;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import meridian.dns.ZoneText;
import meridian.record.ZoneContents;

/// Zones drawn from a seed: wildcards, cuts with and without glue and DS, DNAMEs, chains of aliases
/// through three zones and to steered names, empty non-terminals; over so few labels that names
/// meet each other everywhere.
final class RandomZones {

    private static final List<String> LABELS =
            List.of("a", "b", "ns1", "hostmaster", "mail", "*", "s1", "child", "w-1", "xyzzy");

    private final Random random;
    private final List<String> names = new ArrayList<>();

    RandomZones(Random random) {
        this.random = random;
    }

    List<ZoneContents> contents() {
        var contents = new ArrayList<>(List.of(zone("example.com"), zone("child.example.com")));
        if (random.nextBoolean()) contents.add(zone("example.net"));
        return contents;
    }

    private ZoneContents zone(String apex) {
        String server = random.nextInt(3) == 0 ? "ns.elsewhere.test." : name(apex);
        var text = new StringBuilder("$TTL 300\n");
        text.append("@ SOA %s %s 1 3600 600 86400 30\n".formatted(server, name(apex)));
        text.append("@ NS ").append(server).append('\n');
        if (random.nextBoolean()) text.append("@ MX 10 ").append(name(apex)).append('\n');
        names.add(apex + ".");
        var taken = new HashSet<String>(Set.of(apex + "."));
        for (int i = 0; i < 25; i++) {
            String owner = name(apex);
            names.add(owner);
            // Steered names have no other records of their types, nor an alias beside them.
            if (owner.matches("(?i)(\\*\\.)?s\\d\\.example\\.com\\.")) {
                if (taken.add(owner)) text.append(owner).append(" TXT \"beside\"\n");
            } else if (taken.add(owner)) {
                records(owner, apex, text);
            }
        }
        return ZoneText.parse(apex, text.toString());
    }

    private void records(String owner, String apex, StringBuilder text) {
        switch (random.nextInt(8)) {
            case 0 -> line(owner, "CNAME", target(apex), text);
            case 1 -> cut(owner, apex, text);
            case 2 -> line(owner, "DNAME", target(apex).replace("*", "b"), text);
            case 3 -> {
                for (int i = random.nextInt(40); i >= 0; i--)
                    line(owner, "MX", i + " " + name(apex), text);
            }
            case 4 -> line(owner, "SRV", "1 2 3 " + name(apex), text);
            default -> {
                for (int i = random.nextInt(3); i >= 0; i--)
                    line(owner, "A", "192.0.2." + random.nextInt(256), text);
                if (random.nextBoolean()) line(owner, "AAAA", "2001:db8::53", text);
                if (random.nextInt(3) == 0) line(owner, "TXT", "\"" + "x".repeat(99) + "\"", text);
                if (random.nextInt(5) == 0) line(owner, "CAA", "0 issue \"ca.test\"", text);
            }
        }
    }

    private void cut(String owner, String apex, StringBuilder text) {
        line(owner, "NS", random.nextBoolean() ? "ns1." + owner : name(apex), text);
        if (random.nextBoolean()) line(owner, "NS", "ns.elsewhere.test.", text);
        if (random.nextInt(3) == 0) line(owner, "DS", "1 13 2 " + "00".repeat(32), text);
        if (random.nextBoolean()) line("ns1." + owner, "A", "192.0.2.53", text);
    }

    private static void line(String owner, String type, String data, StringBuilder text) {
        text.append(owner).append(' ').append(type).append(' ').append(data).append('\n');
    }

    private String target(String apex) {
        return switch (random.nextInt(5)) {
            case 0 -> "elsewhere.test.";
            case 1 -> "s" + (1 + random.nextInt(4)) + ".example.com.";
            case 2 -> name("example.net");
            default -> name(apex);
        };
    }

    private String name(String apex) {
        var name = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) name.append(label()).append('.');
        return name.append(apex).append('.').toString();
    }

    private String label() {
        return LABELS.get(random.nextInt(LABELS.size()));
    }

    /// A name to ask for: one that exists, one below it, or any.
    String asked() {
        String below = names.get(random.nextInt(names.size()));
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> below;
            case 3 -> label() + "." + below;
            case 4 -> label() + "." + label() + "." + below;
            case 5 -> "n" + random.nextInt(1000) + "." + below;
            case 6 -> "s" + (1 + random.nextInt(4)) + ".example.com.";
            default ->
                    random.nextInt(4) == 0
                            ? "nobody.invalid."
                            : label() + ".s" + (1 + random.nextInt(4)) + ".example.com.";
        };
    }
}
