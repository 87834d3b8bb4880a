package meridian.config.keyfile;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import meridian.record.DomainName;
import meridian.signing.Algorithm;
import meridian.signing.KeyTiming;
import meridian.signing.SigningKey;

/// One key in BIND's two files, so that keys of BIND are imported by copying them.
///
/// ```
/// Kexample.com.+013+04321.key        its DNSKEY record, behind comments
/// Kexample.com.+013+04321.private    Private-key-format, Algorithm, PrivateKey, and its timing
/// ```
public final class KeyFile {

    /// How the files that hold private keys end.
    public static final String PRIVATE = ".private";

    /// How the files that hold their public halves end.
    public static final String PUBLIC = ".key";

    private static final int ECDSA_OCTETS = 32;

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    private KeyFile() {}

    /// What both files of a key are named, up to their endings.
    public static String stem(SigningKey key) {
        return stem(key.zone()) + "%03d+%05d".formatted(key.algorithm().number(), key.tag());
    }

    /// What the names of all keys of a zone begin with.
    public static String stem(DomainName zone) {
        return "K" + zone.toString().toLowerCase(Locale.ROOT) + "+";
    }

    /// The key of two files.
    ///
    /// @throws IllegalArgumentException with what is wrong; what is accepted
    public static SigningKey read(String publicText, String privateText) {
        String[] dnskey = dnskey(publicText);
        Map<String, String> fields = fields(privateText);
        Algorithm algorithm = algorithm(dnskey[3]);
        String named = fields.getOrDefault("Algorithm", "").split(" ", 2)[0];
        if (!named.equals(dnskey[3]))
            throw new IllegalArgumentException(
                    "the private key is of algorithm "
                            + (named.isEmpty() ? "nothing" : named)
                            + " and the public one of "
                            + dnskey[3]
                            + "; the same in both is accepted");
        return new SigningKey(
                DomainName.of(dnskey[0]),
                flags(dnskey[1]),
                algorithm,
                octets(dnskey[4], "the public key"),
                algorithm.privateKey(octets(fields.getOrDefault("PrivateKey", ""), "PrivateKey")),
                timing(fields));
    }

    /// Owner, flags, protocol, algorithm and key.
    private static String[] dnskey(String text) {
        for (String line : text.lines().toList()) {
            String[] words = line.replaceFirst(";.*", "").strip().split("\\s+", -1);
            for (int at = 0; at < words.length; at++) {
                if (!words[at].equalsIgnoreCase("DNSKEY") || words.length < at + 5) continue;
                var key = new StringBuilder();
                for (int i = at + 4; i < words.length; i++) key.append(words[i]);
                return new String[] {
                    words[0], words[at + 1], words[at + 2], words[at + 3], key.toString()
                };
            }
        }
        throw new IllegalArgumentException(
                "has no DNSKEY record; a line like \"example.com. IN DNSKEY 257 3 13 ...\" is accepted");
    }

    private static Map<String, String> fields(String text) {
        var fields = new HashMap<String, String>();
        text.lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> fields.put(parts[0].strip(), parts[1].strip()));
        return fields;
    }

    private static Algorithm algorithm(String number) {
        return Optional.of(number)
                .filter(text -> text.matches("[0-9]{1,3}"))
                .flatMap(text -> Algorithm.numbered(Integer.parseInt(text)))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "is a key of algorithm "
                                                + number
                                                + "; "
                                                + Algorithm.accepted()
                                                + " is accepted"));
    }

    private static int flags(String text) {
        if (!text.matches("[0-9]{1,5}"))
            throw new IllegalArgumentException(
                    "the key has the flags " + text + "; 256 or 257 is accepted");
        return Integer.parseInt(text);
    }

    private static byte[] octets(String base64, String what) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException(what + " is not written in base 64");
        }
    }

    private static KeyTiming timing(Map<String, String> fields) {
        return new KeyTiming(
                moment(fields, "Publish"),
                moment(fields, "Activate"),
                moment(fields, "Inactive"),
                moment(fields, "Delete"),
                moment(fields, "SyncPublish"),
                moment(fields, "SyncDelete"));
    }

    private static Optional<Instant> moment(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(text -> moment(name, text));
    }

    private static Instant moment(String name, String text) {
        try {
            return LocalDateTime.parse(text, MOMENT).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            throw new IllegalArgumentException(
                    name + " is " + text + "; a moment in UTC, as in 20270131235959, is accepted");
        }
    }

    /// The content of the file that anyone may read.
    public static String publicText(SigningKey key) {
        return "; %s %d, for %s%n%s IN DNSKEY %d 3 %d %s%n"
                .formatted(
                        key.isEntry() ? "a key-signing key," : "a zone-signing key,",
                        key.tag(),
                        key.zone(),
                        key.zone(),
                        key.flags(),
                        key.algorithm().number(),
                        Base64.getEncoder().encodeToString(key.publicKey()));
    }

    /// The content of the file that nobody else may read.
    ///
    /// @param created when the key was made
    public static String privateText(SigningKey key, Instant created) {
        var text = new StringBuilder();
        line(text, "Private-key-format", "v1.3");
        line(text, "Algorithm", key.algorithm().number() + " (" + key.algorithm() + ")");
        line(text, "PrivateKey", Base64.getEncoder().encodeToString(octets(key.privateKey())));
        line(text, "Created", written(created));
        line(text, "Publish", key.timing().publish());
        line(text, "Activate", key.timing().activate());
        line(text, "Inactive", key.timing().inactive());
        line(text, "Delete", key.timing().delete());
        line(text, "SyncPublish", key.timing().syncPublish());
        line(text, "SyncDelete", key.timing().syncDelete());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Optional<Instant> moment) {
        moment.ifPresent(it -> line(text, name, written(it)));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    private static String written(Instant moment) {
        return MOMENT.format(moment.atOffset(ZoneOffset.UTC));
    }

    private static byte[] octets(PrivateKey key) {
        return switch (key) {
            case EdECPrivateKey edwards -> edwards.getBytes().orElseThrow();
            case ECPrivateKey weierstrass -> fixed(weierstrass.getS());
            default -> throw new IllegalArgumentException("no key file has a key of " + key);
        };
    }

    private static byte[] fixed(BigInteger number) {
        byte[] octets = number.toByteArray();
        byte[] fixed = new byte[ECDSA_OCTETS];
        int length = Math.min(octets.length, ECDSA_OCTETS);
        System.arraycopy(octets, octets.length - length, fixed, ECDSA_OCTETS - length, length);
        return fixed;
    }
}
