package meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.zonefile.ZoneFileReader;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.ZoneContents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The octets that are made of what zone files say: each two lines of `golden/record-data.txt`.
class RecordDataTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/record-data.txt");
    private static final String HEAD = "$TTL 60\n@ SOA ns h 1 2 3 4 5\n@ NS ns.example.net.\n";

    @TempDir private Path folder;

    @Test
    void eachHasTheOctetsThatAnotherNameServerGivesIt() throws IOException {
        List<String> lines =
                Files.readAllLines(GOLDEN).stream()
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList();
        assertThat(lines).hasSizeGreaterThan(100);
        for (int i = 0; i < lines.size(); i += 2) {
            String octets = lines.get(i + 1).strip();
            assertThat(octets(lines.get(i)))
                    .as(lines.get(i))
                    .isEqualTo(octets.equals("(nothing)") ? "" : octets);
        }
    }

    private String octets(String record) throws IOException {
        Path file = folder.resolve("example.com.zone");
        var problems = new Problems();
        Files.writeString(file, HEAD + "x " + record + "\n");
        Optional<ZoneContents> zone =
                new ZoneFileReader(problems, new ConfigFiles(problems)::zone)
                        .read(
                                file,
                                ZoneFileReader.originOf(file),
                                Optional.empty(),
                                new Spot(file, 1, ""));
        assertThat(problems.toList()).as(record).isEmpty();
        RRset set =
                zone.orElseThrow().rrsets().stream()
                        .filter(one -> one.owner().equals(DomainName.of("x.example.com")))
                        .findFirst()
                        .orElseThrow();
        return HexFormat.of().formatHex(set.rdata().getFirst());
    }
}
