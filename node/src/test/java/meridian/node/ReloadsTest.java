package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which configuration a node serves that was killed, restarted, or told to go back.
class ReloadsTest extends NodeFiles {

    @Test
    void aNodeThatDiesOfNewFilesStartsOnTheGenerationBefore() throws Exception {
        String first = provenHash();
        write("b 10");
        assertThat(killed()).isNotEqualTo(first);

        Reloads again = reloads();
        assertThat(again.first().configuration().hash()).isEqualTo(first);
        assertThat(again.state().instead().orElseThrow())
                .startsWith("generation 1 of 2026-11-22T12:00:00Z serves: the node ended while");
        again.close();
        assertThat(reloads().first().configuration().hash())
                .as("and stays with it, start after start")
                .isEqualTo(first);
    }

    @Test
    void filesThatChangedSinceAreTriedAgain() throws Exception {
        String first = provenHash();
        write("b 10");
        killed();
        write("c 10");
        Reloads again = reloads();
        assertThat(again.first().configuration().hash()).isNotEqualTo(first);
        assertThat(again.state().instead()).isEmpty();
    }

    @Test
    void anOrderlyEndIsNoDeath() throws Exception {
        provenHash();
        write("b 10");
        Reloads briefly = reloads();
        String second = briefly.first().configuration().hash();
        briefly.close();
        assertThat(reloads().first().configuration().hash()).isEqualTo(second);
    }

    @Test
    void whatServedForAWhileIsProvenThoughTheNodeIsKilledThen() throws Exception {
        provenHash();
        write("b 10");
        Reloads killed = reloads();
        String second = killed.first().configuration().hash();
        killed.settle(System.nanoTime() + LONG_AFTER);
        Reloads again = reloads();
        assertThat(again.first().configuration().hash()).isEqualTo(second);
        assertThat(again.state().instead()).isEmpty();
    }

    @Test
    void aNodeWhoseFilesAreBrokenAtItsStartServesWhatServedLast() throws Exception {
        String first = provenHash();
        for (String broken : List.of("services { shop { ttl = 5s } }", "zones {{{", "\"")) {
            Files.writeString(folder.resolve("meridian.conf"), broken);
            Reloads again = reloads();
            assertThat(again.first().configuration().hash()).as(broken).isEqualTo(first);
            assertThat(again.state().problems()).as(broken).isNotEmpty();
            assertThat(again.refusedCount()).isEqualTo(1);
        }
    }

    @Test
    void aMissingZoneFileIsNoReasonNotToStart() throws Exception {
        String first = provenHash();
        Files.delete(folder.resolve("example.com.zone"));
        Reloads again = reloads();
        Loaded loaded = again.first();
        assertThat(loaded.configuration().hash()).isEqualTo(first);
        assertThat(again.state().problems()).anyMatch(line -> line.endsWith("does not exist"));

        write("a 10");
        assertThat(again.isChanged()).isTrue();
        assertThat(again.again(loaded.options())).isPresent();
        assertThat(again.state().problems()).isEmpty();
    }

    @Test
    void withNothingKeptABrokenConfigurationIsRefused() throws Exception {
        Files.writeString(folder.resolve("meridian.conf"), "zones {{{");
        assertThatThrownBy(() -> reloads().first()).isInstanceOf(RefusedException.class);
    }

    @Test
    void aRollbackHoldsOverARestartUntilTheFilesChange() throws Exception {
        String first = provenHash();
        write("b 10");
        provenHash();

        Reloads running = reloads();
        running.first();
        assertThat(running.before("ann rolled back: half is missing").configuration().hash())
                .isEqualTo(first);
        assertThat(running.isChanged()).isFalse();
        running.close();

        Reloads again = reloads();
        assertThat(again.first().configuration().hash()).isEqualTo(first);
        assertThat(again.state().instead().orElseThrow())
                .endsWith("ann rolled back: half is missing");

        write("c 10");
        assertThat(again.isChanged()).isTrue();
    }

    /// What served last is what was rolled back to, and not what is newest.
    @Test
    void whatWasRolledBackNeverServesInPlaceOfBrokenOrDeadlyFiles() throws Exception {
        String first = provenHash();
        write("b 10");
        provenHash();
        Reloads running = reloads();
        running.first();
        running.before("half is missing");

        write("c 10");
        assertThat(killed()).as("new files are tried").isNotEqualTo(first);
        assertThat(reloads().first().configuration().hash()).as("deadly").isEqualTo(first);
        Files.writeString(folder.resolve("meridian.conf"), "zones {{{");
        assertThat(reloads().first().configuration().hash()).as("broken").isEqualTo(first);
    }

    /// What is rolled back may have named other files than what serves in its place.
    @Test
    void aRollbackHoldsOverARestartWhateverFilesWereNamed() throws Exception {
        String first = provenHash();
        write("b 10");
        Files.writeString(folder.resolve("example.net.zone"), zone("d 10"));
        Files.writeString(
                folder.resolve("meridian.conf"),
                Files.readString(folder.resolve("meridian.conf"))
                        + "zones { \"example.net\" { file = \"example.net.zone\" } }\n");
        provenHash();
        Reloads running = reloads();
        running.first();
        running.before("half is missing");
        running.close();

        Reloads again = reloads();
        assertThat(again.first().configuration().hash()).isEqualTo(first);
        assertThat(again.isChanged()).isFalse();
        age(folder.resolve("example.net.zone"));
        assertThat(again.isChanged()).isTrue();
    }

    /// As it is mostly typed.
    @Test
    void aRelativeNameOfTheMainFileIsAsGood() throws Exception {
        Path absolute = folder.resolve("meridian.conf");
        Path relative = Path.of("").toAbsolutePath().relativize(absolute);
        String first;
        try (Reloads reloads = reloads(relative)) {
            first = reloads.first().configuration().hash();
        }
        Files.writeString(absolute, "zones {{{");
        assertThat(reloads(relative).first().configuration().hash()).isEqualTo(first);
    }

    @Test
    void whatCannotBeKeptIsNotDistrustedForIt() throws Exception {
        provenHash();
        write("b 10");
        // In the way of the file that is written first.
        Files.createDirectories(generations().resolve("next/in/the/way"));
        String second = provenHash();
        Reloads again = reloads();
        assertThat(again.first().configuration().hash()).isEqualTo(second);
        assertThat(again.state().instead()).isEmpty();
    }

    /// The same node served another main file from the same folder: what that says is no
    /// substitute.
    @Test
    void whatAnotherMainFileServedStandsInForNothing() throws Exception {
        provenHash();
        Path other = folder.resolve("other.conf");
        Files.writeString(other, "services { shop { ttl = 5s } }");
        assertThatThrownBy(() -> reloads(other).first())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("other.conf:1");

        Files.copy(folder.resolve("meridian.conf"), other, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(folder.resolve("meridian.conf"), "zones {{{");
        try (Reloads reloads = reloads(other)) {
            reloads.first();
        }
        Reloads again = reloads();
        again.first();
        assertThat(again.state().instead().orElseThrow())
                .as("each has its own")
                .startsWith("generation 1 of");
    }

    @Test
    void withoutAnotherGenerationThereIsNoWayBack() throws Exception {
        provenHash();
        Reloads running = reloads();
        running.first();
        assertThatThrownBy(() -> running.before("why not"))
                .hasMessageContaining("keeps no other configuration");
    }

    /// A file that is named for the first time in a configuration that is refused: once it is
    /// mended, the configuration is.
    @Test
    void aBadFileThatIsNewIsLookedAfterToo() throws Exception {
        Reloads running = reloads();
        Loaded loaded = running.first();
        Path more = folder.resolve("example.net.zone");
        Files.writeString(more, "@ 3600 SOA ns1 hostmaster not-a-number 3600 600 86400 60\n");
        Files.writeString(
                folder.resolve("meridian.conf"),
                Files.readString(folder.resolve("meridian.conf"))
                        + "zones { \"example.net\" { file = \"example.net.zone\" } }\n");
        assertThat(running.again(loaded.options())).isEmpty();
        assertThat(running.isChanged()).isFalse();

        Files.writeString(more, zone("d 10"));
        age(more);
        assertThat(running.isChanged()).isTrue();
        assertThat(running.again(loaded.options())).isPresent();
    }

    @Test
    void aGenerationThatIsCutAnywhereIsSetAsideAndTheOneBeforeIsUsed() throws Exception {
        String first = provenHash();
        write("b 10");
        provenHash();
        Path newest = generation("2-");
        byte[] whole = Files.readAllBytes(newest);
        for (int length = 0; length < whole.length; length += 13) {
            Files.write(newest, Arrays.copyOf(whole, length));
            Generations left = Generations.in(generations());
            assertThat(left.newest().map(Generation::hash))
                    .as("cut to %d of %d octets", length, whole.length)
                    .contains(first);
            assertThat(newest).doesNotExist();
        }
        assertThat(generation("2-").getFileName().toString()).endsWith(".broken");
    }

    @Test
    void whatACrashLeavesBehindIsNoGeneration() throws Exception {
        String first = provenHash();
        Path kept = generations();
        Files.write(kept.resolve("next"), new byte[] {1, 2, 3});
        Files.write(kept.resolve("2.atlas"), new byte[] {4});
        Files.write(kept.resolve("distrusted.next"), new byte[] {5});
        write("b 10");
        String second = provenHash();
        assertThat(second).isNotEqualTo(first);
        assertThat(generation("2-")).exists();
    }

    @Test
    void threeGenerationsAreKept() throws Exception {
        for (int i = 0; i < 5; i++) {
            write("a" + i + " 10");
            provenHash();
        }
        try (Stream<Path> files = Files.list(generations())) {
            assertThat(files.map(file -> file.getFileName().toString().substring(0, 2)))
                    .containsExactlyInAnyOrder("3-", "4-", "5-");
        }
    }
}
