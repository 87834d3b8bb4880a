package meridian.config.zonefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import meridian.config.source.ConfigProblem;
import meridian.config.source.Problems;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

class PlainLinesTest {

    private static final int TEXTS = 3_000;
    private static final Path FILE = Path.of("example.com.zone");
    private static final List<String> TYPES =
            List.of("A", "AAAA", "NS", "CNAME", "PTR", "MX", "TXT", "A", "AAAA", "SRV", "SOA");
    private static final String ODD = " \t\r;()\"\\@.:*$-_/#,=AZaz0159\u0000\u007f\u00e9";

    /// What one text was read as.
    private record Reading(List<String> records, List<ConfigProblem> problems) {}

    @Test
    void whatIsReadHereIsWhatDnsjavaReads() throws TextParseException {
        int plain = 0;
        int all = 0;
        for (long seed = 1; seed <= TEXTS; seed++) {
            List<String> lines = lines(new Random(seed));
            String text = String.join("\n", lines);

            assertThat(read(text, true))
                    .as("seed %d:\n%s", seed, text)
                    .isEqualTo(read(text, false));
            plain += plainLines(lines);
            all += lines.size();
        }
        assertThat(plain).as("plain lines of %d", all).isBetween(all / 6, all / 2);
    }

    /// Longer than what is looked at at once, with lines of all lengths across the ends of that.
    @Test
    void aLongFileIsReadWholeWhereverItsLinesEnd() throws TextParseException {
        var random = new Random(1);
        var text = new StringBuilder("$TTL 300\n");
        while (text.length() < 300_000) {
            text.append("h").append(text.length()).append(" TXT ");
            for (int i = random.nextInt(20); i >= 0; i--)
                text.append('"').append("x".repeat(random.nextInt(200))).append("\" ");
            text.append(random.nextInt(9) == 0 ? "\r\n" : "\n");
            if (random.nextInt(50) == 0)
                text.append("long TXT ( ").append("y ".repeat(20_000)).append(")\n");
        }

        assertThat(read(text.toString(), true)).isEqualTo(read(text.toString(), false));
    }

    @Test
    void whoseLinesWithoutAnOwnerAreIsKnownWhoeverReadTheOneBefore() throws TextParseException {
        String text =
                """
                a A 192.0.2.1
                  A 192.0.2.2
                b A ( 192.0.2.3 )
                  A 192.0.2.4
                c A 192.0.2.5
                  A ( 192.0.2.6 )
                $TTL 60
                  A 192.0.2.7
                d A oops
                  A 192.0.2.8
                e A 192.0.2.9
                """;
        assertThat(read("$TTL 300\n" + text, true).records())
                .extracting(record -> record.replaceFirst("^[0-9]+ (....).*", "$1"))
                .containsExactly(
                        "0161", "0161", "0162", "0162", "0163", "0163", "0163", "0164", "0165");
    }

    private static Reading read(String text, boolean hasPlainLines) throws TextParseException {
        var records = new ArrayList<String>();
        var problems = new Problems();
        var intake =
                new ZoneIntake(
                        ZoneIntake.Bounds.USUAL,
                        (_, _) -> Optional.empty(),
                        problems,
                        (record, ttl, file, line) -> records.add(line + " " + said(record, ttl)));
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        MasterFile.read(
                FILE,
                TestOctets.of(octets),
                Name.fromString("Example.com."),
                intake,
                hasPlainLines);
        return new Reading(records, problems.toList());
    }

    private static String said(WireRecord record, long ttl) {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(record.owner, 0, record.ownerLength)
                + " "
                + record.dclass
                + " "
                + record.type
                + " "
                + ttl
                + " "
                + hex.formatHex(record.data, 0, record.length)
                + " "
                + hex.formatHex(record.canonical(), 0, record.canonicalLength());
    }

    private static int plainLines(List<String> lines) {
        int plain = 0;
        for (String line : lines) {
            var reader =
                    new PlainLines(
                            TestOctets.of((line + "\n").getBytes(StandardCharsets.ISO_8859_1)));
            reader.goTo(0, 1, new byte[1], new byte[1]);
            if (reader.next(300)) plain++;
        }
        return plain;
    }

    private static List<String> lines(Random random) {
        var lines = new ArrayList<String>();
        boolean isClean = random.nextInt(3) == 0;
        for (int i = random.nextInt(30); i >= 0; i--) {
            String line = random.nextInt(12) == 0 ? other(random) : record(random);
            lines.add(isClean || random.nextInt(3) > 0 ? line : mutated(line, random));
        }
        if (random.nextBoolean()) lines.add("");
        return lines;
    }

    private static String other(Random random) {
        return pick(
                random,
                "",
                "  ",
                "; a (",
                "$TTL 60",
                "$ORIGIN Sub",
                "$ORIGIN @",
                " ; \"",
                "$TTL x");
    }

    private static String record(Random random) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        String word = random.nextInt(3) == 0 ? type.toLowerCase(Locale.ROOT) : type;
        return owner(random) + " " + head(random) + word + " " + data(type, random) + end(random);
    }

    private static String owner(Random random) {
        return pick(
                random,
                "a",
                "",
                "\t",
                "@",
                "B.c",
                "b",
                "*",
                "*.w",
                "_x._tcp",
                "a.example.COM.",
                ".",
                "host-1",
                "0/25.2",
                "3",
                "a.b.c.d",
                "x".repeat(63),
                "in",
                "ns",
                "a\\.b",
                "x".repeat(64),
                "a..b",
                ("y".repeat(50) + ".").repeat(4) + "z".repeat(random.nextInt(55)));
    }

    private static String head(Random random) {
        return pick(
                random,
                "",
                "",
                "300 ",
                "0 ",
                "IN ",
                "in ",
                "IN 60 ",
                "60 IN ",
                "5m ",
                "CH ",
                "1h IN ",
                "007 ",
                "2147483647 ",
                "999999999 ",
                "4294967296 ",
                "IN IN ",
                "1 1 ",
                "CLASS1 ",
                "1w2d IN\t");
    }

    private static String data(String type, Random random) {
        return switch (type) {
            case "A" ->
                    pick(
                            random,
                            "192.0.2.1",
                            "0.0.0.0",
                            "255.255.255.255",
                            "256.1.1.1",
                            "1.2.3",
                            "1.2.3.4.5",
                            "01.2.3.4",
                            "1.2.3.04",
                            "1.2.3.400",
                            "1.2.3.x",
                            "\\# 4 01020304",
                            "10.0.0.0001");
            case "AAAA" ->
                    pick(
                            random,
                            "2001:db8::1",
                            "::",
                            "::1",
                            "1::",
                            "1:2:3:4:5:6:7:8",
                            "1:2:3:4:5:6:7::",
                            "::2:3:4:5:6:7:8",
                            "1::3:4:5:6:7:8",
                            "1:2:3:4:5:6:7:8:9",
                            "::ffff:192.0.2.1",
                            "1:2::3::4",
                            ":1",
                            "1:",
                            ":::",
                            "12345::",
                            "FE80::ABcd",
                            "1:2:3:4::5:6:7:8",
                            "1:2",
                            "0001::0a");
            case "MX" ->
                    pick(random, "10 ", "0 ", "65535 ", "65536 ", "-1 ", "", "1 2 ", "010 ")
                            + target(random);
            case "TXT" -> texts(random);
            case "SRV" -> "1 2 3 " + target(random);
            case "SOA" -> target(random) + " h 1 3600 600 86400 60";
            default -> target(random);
        };
    }

    private static String target(Random random) {
        return pick(
                random,
                "a",
                "@",
                ".",
                "Mail.Example.NET.",
                "ns",
                "b.c",
                "*.x",
                "a\\.b.c.",
                "a..b",
                "x".repeat(63),
                "x".repeat(64),
                "\"quoted\"",
                "a@b",
                "a:b",
                ("y".repeat(50) + ".").repeat(4) + "Z".repeat(random.nextInt(55)));
    }

    private static String texts(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--)
            text.append(
                            pick(
                                    random,
                                    "\"\"",
                                    "\"v=spf1 -all\"",
                                    "plain",
                                    "\"a;b(c\"",
                                    "x=y",
                                    "\"e\\\"s\"",
                                    "\"",
                                    "a\\032b",
                                    "'",
                                    "\"" + "t".repeat(250 + random.nextInt(8)) + "\"",
                                    "\"a\"b",
                                    "Capital"))
                    .append(pick(random, " ", "\t", " ", " ", ""));
        return text.toString();
    }

    private static String end(Random random) {
        return pick(
                random, "", "", "", " ", "\t ", " ; said", ";said", "\r", " \r", " more", " ( )",
                " )", " (", " ; \"(");
    }

    private static String mutated(String text, Random random) {
        var mutated = new StringBuilder(text);
        for (int i = random.nextInt(2); i >= 0 && !mutated.isEmpty(); i--) {
            int at = random.nextInt(mutated.length());
            char odd = ODD.charAt(random.nextInt(ODD.length()));
            switch (random.nextInt(3)) {
                case 0 -> mutated.insert(at, odd);
                case 1 -> mutated.setCharAt(at, odd);
                default -> mutated.deleteCharAt(at);
            }
        }
        return mutated.toString();
    }

    private static String pick(Random random, String... some) {
        return random.nextBoolean() ? some[0] : some[random.nextInt(some.length)];
    }
}
