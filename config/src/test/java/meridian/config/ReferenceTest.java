package meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import meridian.config.keyfile.KeyFile;
import meridian.config.keyfile.KeyMaker;
import meridian.config.source.HoconFile;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.record.DomainName;
import meridian.signing.Algorithm;
import meridian.signing.KeyTiming;
import meridian.signing.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `reference.conf` is the manual: it tells of every key, of no other, and can be loaded.
class ReferenceTest {

    private static final String ZONE = "@ 60 SOA a b 1 2 3 4 5\n@ 60 NS ns.example.net.\n";

    /// Those that services of the reference lead to.
    private static final String HOSTS =
            """
            mx1 60 A 192.0.2.1
            mx2 60 A 192.0.2.2
            sip1 60 A 192.0.2.1
            sip2 60 A 192.0.2.2
            us.app 60 A 192.0.2.1
            eu.app 60 A 192.0.2.2
            dns1 60 A 192.0.2.1
            """;

    /// Names that the operator gives, by the section or block that they stand in.
    private static final Pattern GIVEN =
            Pattern.compile(
                    "((?:^|\\.)(?:nodes|regions|monitors|clients|zones|transfer-keys|services|pools|tokens|reach))\\.(?:\"[^\"]+\"|[^.]+)");

    private static final Pattern WEIGHTED =
            Pattern.compile("\\.steer\\[]\\.to\\[]\\.(?!nearest|within).*");

    private final Path reference = Path.of("src/main/resources/reference.conf");
    @TempDir private Path folder;

    @Test
    void everyKeyIsDocumentedAndEveryDocumentedKeyIsRead() throws IOException {
        var problems = new Problems();
        Tree tree =
                new HoconFile(problems).read(reference, Files.readString(reference)).orElseThrow();
        var documented = new TreeSet<String>();
        collect(tree, documented);
        assertThat(documented).isEqualTo(known());
    }

    @Test
    void theReferenceItselfIsAConfiguration() throws IOException {
        SigningKey key =
                KeyMaker.make(
                        DomainName.of("example.com"),
                        SigningKey.ENTRY_FLAG,
                        Algorithm.ECDSAP256SHA256,
                        KeyTiming.ALWAYS);
        String keyFile = "keys/" + KeyFile.stem(key);
        var config =
                new ConfigFolder(folder)
                        .with(keyFile + KeyFile.PUBLIC, KeyFile.publicText(key))
                        .with(keyFile + KeyFile.PRIVATE, KeyFile.privateText(key, Instant.EPOCH))
                        .with("meridian.conf", Files.readString(reference))
                        .with("cluster.key", "0123456789abcdef")
                        .with("second.key", "0123456789abcdef")
                        .with("tls.pem", "")
                        .with("tls.key", "")
                        .with("secondary.key", "MDEyMzQ1Njc4OWFiY2RlZg==")
                        .with("city.mmdb", "")
                        .with("asn.mmdb", "")
                        .with("networks.txt", "")
                        .with("example.com.zone", ZONE + HOSTS)
                        .with("zones.d/example.org.zone", ZONE);
        assertThat(config.problems()).allMatch(line -> line.contains("everyone may read"));
        assertThat(config.accepted().zones()).hasSize(2);
    }

    @Test
    void theDefaultsAreTheOnesThatTheReferenceShows() throws IOException {
        assertThat(Files.readString(reference))
                .contains("udp = " + DnsLimits.DEFAULT.udp().name().toLowerCase(Locale.ROOT))
                .contains("udp-payload = " + DnsLimits.DEFAULT.udpPayload())
                .contains("tcp-connections = " + DnsLimits.DEFAULT.tcpConnections())
                .contains("most-changed = " + GeoSettings.MOST_CHANGED + "%");
    }

    private static Set<String> known() {
        var known = new TreeSet<String>();
        for (Schema schema : Schema.ALL)
            for (String key : schema.keys())
                known.add(schema.pattern().isEmpty() ? key : schema.pattern() + "." + key);
        return known;
    }

    private static void collect(Tree tree, Set<String> documented) {
        switch (tree) {
            case Tree.Block(_, var fields) -> fields.values().forEach(one -> add(one, documented));
            case Tree.Listing(_, var items) -> items.forEach(one -> collect(one, documented));
            case Tree.Scalar _ -> {}
        }
    }

    private static void add(Tree tree, Set<String> documented) {
        String pattern = pattern(tree.at().path());
        boolean named = pattern.endsWith("*") || WEIGHTED.matcher(pattern).find();
        if (!named) documented.add(pattern);
        collect(tree, documented);
    }

    /// Templates have the keys of services, but for their own level.
    private static String pattern(String path) {
        String starred = GIVEN.matcher(path.replaceAll("\\[\\d+]", "[]")).replaceAll("$1.*");
        starred = starred.replaceFirst("^templates\\.[^.]+", "templates.*");
        return starred.replaceFirst(
                "^templates\\.\\*\\.(pools|steer\\[]|guard|https|svcb)([.\\[])", "services.*.$1$2");
    }
}
