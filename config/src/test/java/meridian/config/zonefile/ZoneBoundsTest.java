package meridian.config.zonefile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.record.DomainName;
import meridian.record.Octets;
import org.junit.jupiter.api.Test;

/// A zone file is read by a node that answers meanwhile: however it came to be, reading it ends.
class ZoneBoundsTest {

    private static final Path FILE = Path.of("example.com.zone");
    private static final String HEAD = "$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns.example.net.\n";

    private final Map<Path, String> files = new HashMap<>();
    private int opened;

    private List<String> problems(ZoneIntake.Bounds bounds, String text) {
        files.put(FILE, text);
        var problems = new Problems();
        new ZoneFileReader(problems, (file, _) -> open(file), bounds)
                .read(FILE, DomainName.of("example.com"), Optional.empty(), new Spot(FILE, 1, ""));
        return problems.toList().stream().map(Object::toString).toList();
    }

    private Optional<Octets> open(Path file) {
        opened++;
        return Optional.ofNullable(files.get(file))
                .map(text -> TestOctets.of(text.getBytes(UTF_8)));
    }

    @Test
    void recordsAreCountedOverAllFilesAlsoTheSameOneAgain() {
        files.put(Path.of("more.zone"), "$GENERATE 1-50 h A 192.0.2.1\n");
        assertThat(
                        problems(
                                new ZoneIntake.Bounds(100, 9, 9),
                                HEAD + "$INCLUDE more.zone\n$INCLUDE more.zone\nx A x\n"))
                .containsExactly(
                        "more.zone:1: is where the zone comes to more than 100 records; up to 100 in"
                                + " all of its files are accepted");
    }

    @Test
    void asManyRecordsAsAreAcceptedAreAccepted() {
        assertThat(
                        problems(
                                new ZoneIntake.Bounds(100, 9, 9),
                                HEAD + "$GENERATE 1-98 h A 192.0.2.1\n"))
                .isEmpty();
    }

    @Test
    void filesThatIncludeOthersTwiceDoNotDoubleForEver() {
        for (int level = 0; level < 14; level++)
            files.put(
                    Path.of(level + ".zone"),
                    "$INCLUDE %1$d.zone\n$INCLUDE %1$d.zone\n".formatted(level + 1));
        files.put(Path.of("14.zone"), "");
        assertThat(problems(new ZoneIntake.Bounds(9, 100, 9), HEAD + "$INCLUDE 0.zone\n"))
                .singleElement()
                .asString()
                .endsWith(
                        ": is where the zone comes to more than 100 files; up to 100 are accepted");
        assertThat(opened).isEqualTo(101);
    }

    @Test
    void whatIsNoZoneFileIsNotToldLineByLine() {
        assertThat(problems(new ZoneIntake.Bounds(9, 9, 3), HEAD + "?!\n".repeat(1000)))
                .hasSize(4)
                .last()
                .isEqualTo(
                        "example.com.zone:7: ?!.example.com.: is where the zone comes to more than 3"
                                + " mistakes, and reading it ends; a zone file (RFC 1035 §5) is"
                                + " accepted");
    }

    /// As many texts as fit are taken, and one octet more is told, plain line or not.
    @Test
    void dataOfMoreThanARecordCanHaveAreTold() {
        String texts = ("\"" + "x".repeat(255) + "\" ").repeat(255);
        var usual = ZoneIntake.Bounds.USUAL;
        assertThat(problems(usual, HEAD + "t TXT " + texts + "\"" + "x".repeat(254) + "\"\n"))
                .isEmpty();
        for (String line : List.of("t TXT %s%s\n", "t TXT ( %s%s )\n"))
            assertThat(problems(usual, HEAD + line.formatted(texts, "\"" + "x".repeat(255) + "\"")))
                    .containsExactly(
                            "example.com.zone:4: t.example.com. TXT: 65536 out of range for 16 bit"
                                    + " value; texts of up to 255 octets, as in \"v=spf1 -all\", are"
                                    + " accepted");
    }

    /// RFC 1035 has no bound; the largest zones that are signed and served have a million records.
    @Test
    void aZoneOfTwoMillionRecordsIsWithinTheBounds() {
        assertThat(ZoneIntake.Bounds.USUAL.records()).isGreaterThan(2_000_000);
    }
}
