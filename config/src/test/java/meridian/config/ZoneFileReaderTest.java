package meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.zonefile.ZoneFileReader;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneFileReaderTest {

    private static final String HEAD =
            """
            $TTL 5m
            @ SOA ns Host.Master ( 1   ; serial
                  3600 600
                  86400 60 )
              NS  ns.Example.NET.
            """;

    @TempDir private Path folder;

    private ZoneContents zone(String text) throws IOException {
        return whole(HEAD + text);
    }

    private ZoneContents whole(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("example.com.zone"), text);
        var problems = new Problems();
        Optional<ZoneContents> zone =
                new ZoneFileReader(problems, new ConfigFiles(problems)::zone)
                        .read(
                                file,
                                ZoneFileReader.originOf(file),
                                Optional.empty(),
                                new Spot(file, 1, ""));
        assertThat(problems.toList()).isEmpty();
        return zone.orElseThrow();
    }

    private static RRset find(ZoneContents zone, String owner, int type) {
        return zone.rrsets().stream()
                .filter(set -> set.owner().equals(DomainName.of(owner)))
                .filter(set -> set.type().equals(new RecordType(type)))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> owners(ZoneContents zone) {
        return zone.rrsets().stream().map(set -> set.owner().toString()).distinct().toList();
    }

    @Test
    void theZoneIsNamedByItsSoaWhichComesFirst() throws IOException {
        ZoneContents zone = zone("");
        assertThat(zone.apex()).isEqualTo(DomainName.of("example.com"));
        assertThat(zone.soa().ttl()).isEqualTo(300);
        assertThat(zone.rrsets()).hasSize(2);
    }

    @Test
    void theCaseOfNamesInDataIsKept() throws IOException {
        byte[] ns = find(zone(""), "example.com", 2).rdata().getFirst();
        assertThat(DomainName.ofWire(ns, 0, ns.length).toString()).isEqualTo("ns.Example.NET.");
    }

    @Test
    void aRelativeOriginIsBelowTheOneBefore() throws IOException {
        ZoneContents zone = zone("$ORIGIN sub\na A 192.0.2.1\n$ORIGIN deep\na A 192.0.2.2\n");
        assertThat(owners(zone)).contains("a.sub.example.com.", "a.deep.sub.example.com.");
    }

    @Test
    void anIncludedFileChangesNothingHere() throws IOException {
        Files.writeString(folder.resolve("more.zone"), "$ORIGIN far\n$TTL 7\nx A 192.0.2.1\n");
        ZoneContents zone =
                zone("www A 192.0.2.1\n$INCLUDE more.zone in\n  TXT \"of www\"\ny A 192.0.2.2\n");
        assertThat(find(zone, "x.far.in.example.com", 1).ttl()).isEqualTo(7);
        assertThat(find(zone, "www.example.com", 16).ttl()).isEqualTo(300);
        assertThat(owners(zone)).contains("y.example.com.");
    }

    @Test
    void aTtlMayComeBeforeOrBehindTheClass() throws IOException {
        ZoneContents zone = zone("a 1h IN A 192.0.2.1\nb IN 90 A 192.0.2.1\nc IN A 192.0.2.1\n");
        assertThat(find(zone, "a.example.com", 1).ttl()).isEqualTo(3600);
        assertThat(find(zone, "b.example.com", 1).ttl()).isEqualTo(90);
        assertThat(find(zone, "c.example.com", 1).ttl()).isEqualTo(300);
    }

    /// RFC 2181 §8: a TTL has 31 bits; RFC 1035 §3.3.13: an SOA's minimum has 32.
    @Test
    void whereTheMinimumOfTheSoaIsTheTtlItIsNoMoreThanATtlCanBe() throws IOException {
        ZoneContents zone = whole("@ SOA ns h 1 2 3 4 4294967295\n@ NS ns\nns A 192.0.2.1\n");
        assertThat(zone.soa().ttl()).isEqualTo(Integer.MAX_VALUE);
        assertThat(find(zone, "ns.example.com", 1).ttl()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void newAndUnknownTypesAreRead() throws IOException {
        ZoneContents zone =
                zone(
                        """
                        @   HTTPS 1 . alpn=h2 ipv4hint=192.0.2.1
                        _x  SVCB 0 svc.example.net.
                        @   CAA 0 issue "ca.example"
                        odd TYPE65280 \\# 3 010203
                        lit A \\# 4 C0000201
                        """);
        assertThat(find(zone, "odd.example.com", 65280).rdata().getFirst())
                .containsExactly(1, 2, 3);
        assertThat(find(zone, "lit.example.com", 1).rdata().getFirst())
                .containsExactly(192, 0, 2, 1);
        assertThat(find(zone, "example.com", 65).rdata()).hasSize(1);
    }

    @Test
    void escapedNamesAndWildcardsAreNames() throws IOException {
        ZoneContents zone = zone("*.w A 192.0.2.1\na\\.b A 192.0.2.2\n\\065\\066 A 192.0.2.3\n");
        assertThat(owners(zone))
                .contains("*.w.example.com.", "a\\.b.example.com.", "AB.example.com.");
    }

    @Test
    void rangesAreGenerated() throws IOException {
        ZoneContents zone = zone("$GENERATE 8-12/2 host$ A 192.0.2.$\nlast A 192.0.2.1\n");
        assertThat(owners(zone))
                .containsSubsequence(
                        "host8.example.com.",
                        "host10.example.com.",
                        "host12.example.com.",
                        "last.example.com.");
    }

    @Test
    void windowsLineEndsAreLineEnds() throws IOException {
        ZoneContents zone = zone("a A 192.0.2.1\r\nb TXT \"x\"\r\n");
        assertThat(find(zone, "b.example.com", 16).rdata().getFirst())
                .isEqualTo("\001x".getBytes(StandardCharsets.US_ASCII));
    }
}
