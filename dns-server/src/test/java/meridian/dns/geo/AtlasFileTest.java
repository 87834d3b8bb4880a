package meridian.dns.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import meridian.topology.Continent;
import meridian.topology.Coordinates;
import meridian.topology.Place;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtlasFileTest {

    private static final String SOURCE = "city.mmdb 28219861 2026-11-22";

    private static final Place BERLIN =
            new Place(
                    Optional.of(Continent.EU),
                    Optional.of("DE"),
                    Optional.of("BE"),
                    OptionalLong.of(64_500),
                    Optional.of(new Coordinates(52.5244, 13.4105)),
                    List.of());
    private static final Place SOMEWHERE_IN_AFRICA =
            new Place(
                    Optional.of(Continent.AF),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    List.of());

    @TempDir private Path folder;

    private Path file;
    private Atlas atlas;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("node/geo.copy");
        atlas = new Atlas(ipv4(), ipv6(), List.of(Place.UNKNOWN, BERLIN, SOMEWHERE_IN_AFRICA));
        AtlasFile.write(file, SOURCE, atlas);
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        Atlas read = AtlasFile.read(file, SOURCE).orElseThrow();

        assertThat(read.ranges().toList()).isEqualTo(atlas.ranges().toList());
        assertThat(read.places()).isEqualTo(atlas.places());
    }

    @Test
    void aLaterOneReplacesIt() throws IOException {
        AtlasFile.write(file, "another", Atlas.EMPTY);

        assertThat(AtlasFile.read(file, "another").orElseThrow().rangeCount()).isEqualTo(2);
        assertThat(AtlasFile.read(file, SOURCE)).isEmpty();
    }

    @Test
    void whatIsMissingOrOfAnotherSourceIsNotRead() {
        assertThat(AtlasFile.read(file, "city.mmdb 28219861 2026-11-23")).isEmpty();
        assertThat(AtlasFile.read(folder.resolve("missing"), SOURCE)).isEmpty();
    }

    @Test
    void whatIsCutShortIsNotRead() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(AtlasFile.read(file, SOURCE)).as("the first %d octets", length).isEmpty();
        }
    }

    @Test
    void whatIsDamagedIsNotRead() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            assertThat(AtlasFile.read(file, SOURCE)).as("octet %d changed", at).isEmpty();
        }
    }

    /// Who finds that a copy cannot be kept goes on without it. A mapping of a file for which there
    /// is no room ends in an Error instead, once it is written to.
    @Test
    void whatThereIsNoRoomForIsAnExceptionAndLeavesNothing() throws IOException {
        Path part = folder.resolve("node/geo.copy.part");
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        Files.createSymbolicLink(part, full);
        assertThatThrownBy(() -> AtlasFile.write(file, "another", atlas))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
        assertThat(Files.exists(part, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(AtlasFile.read(file, SOURCE)).isPresent();
    }

    private static Ranges ipv4() {
        var ranges = new Ranges.Builder(32);
        ranges.append(0, 0, 0);
        ranges.append(0, 0xC000_0200L, 1);
        ranges.append(0, 0xC000_0300L, 2);
        return ranges.build();
    }

    private static Ranges ipv6() {
        var ranges = new Ranges.Builder(128);
        ranges.append(0, 0, 0);
        ranges.append(0x2001_0db8_0000_0000L, 7, 1);
        return ranges.build();
    }
}
