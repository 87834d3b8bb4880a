package meridian.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import meridian.intent.Intents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastKnownGoodTest {

    private static final SavedState FIRST = state("d1");
    private static final SavedState SECOND = state("d1", "d2");
    private static final SavedState THIRD = state("d1", "d2", "d3");

    @TempDir private Path directory;
    private Path state;
    private Path previous;
    private Path next;

    @BeforeEach
    void nameTheFiles() {
        state = directory.resolve("state");
        previous = directory.resolve("state.previous");
        next = directory.resolve("state.next");
    }

    @Test
    void whatIsSavedIsThereAfterARestart() throws IOException {
        save(FIRST, SECOND);
        assertThat(saved()).isEqualTo(SECOND);
    }

    @Test
    void aNewDirectoryIsMadeAndHoldsNothing() throws IOException {
        try (var store = LastKnownGood.open(directory.resolve("deep/down"))) {
            assertThat(store.saved()).isEqualTo(SavedState.NONE);
        }
    }

    @Test
    void wholeStatesAreReadAsTheyWereWritten() {
        for (long seed = 0; seed < 500; seed++) {
            var draw = new Random(seed);
            Intents intents = Intents.NONE;
            for (int i = 0; i < 4; i++) intents = intents.with(Samples.entry(draw));
            var saved =
                    new SavedState(
                            Map.of(Samples.A, draw.nextLong()), intents, Samples.verdicts(draw));
            var generation = new Generation(seed, saved);
            assertThat(Generation.read(generation.toBytes()))
                    .as("seed %d", seed)
                    .contains(generation);
        }
    }

    /// A save is cut after each byte of the new file.
    @Test
    void aSaveThatIsCutWhileItWritesLosesNothingThatWasSavedBefore() throws IOException {
        save(FIRST, SECOND);
        byte[] third = new Generation(3, THIRD).toBytes();
        for (int length = 0; length < third.length; length++) {
            Files.write(next, Arrays.copyOf(third, length));
            assertThat(saved()).as("%d bytes", length).isEqualTo(SECOND);
        }
    }

    /// The three moments after the new file is whole: before the first move, between the two, and
    /// after both.
    @Test
    void aSaveThatIsCutBetweenTwoMovesIsFinished() throws IOException {
        byte[] third = new Generation(3, THIRD).toBytes();
        save(FIRST, SECOND);
        Files.write(next, third);
        assertThat(saved()).isEqualTo(THIRD);

        save(SECOND);
        Files.move(state, previous, StandardCopyOption.REPLACE_EXISTING);
        Files.write(next, new Generation(9, THIRD).toBytes());
        assertThat(saved()).isEqualTo(THIRD);
        assertThat(saved()).isEqualTo(THIRD);
        assertThat(next).doesNotExist();
    }

    @Test
    void aDamagedFileIsSetAsideAndTheGenerationBeforeIsUsed() throws IOException {
        save(FIRST, SECOND);
        byte[] whole = Files.readAllBytes(state);
        byte[] before = Files.readAllBytes(previous);
        for (int length = 0; length < whole.length; length++) {
            Files.write(state, Arrays.copyOf(whole, length));
            Files.write(previous, before);
            assertThat(saved()).as("%d bytes", length).isEqualTo(FIRST);
            Path aside = directory.resolve("state.broken-1");
            assertThat(aside).exists();
            Files.delete(aside);
        }
    }

    @Test
    void aForeignFileIsKeptForALook() throws IOException {
        Files.writeString(state, "not ours", StandardCharsets.UTF_8);
        assertThat(saved()).isEqualTo(SavedState.NONE);
        Files.writeString(state, "nor this", StandardCharsets.UTF_8);
        assertThat(saved()).isEqualTo(SavedState.NONE);

        assertThat(directory.resolve("state.broken-1")).hasContent("not ours");
        assertThat(directory.resolve("state.broken-2")).hasContent("nor this");
    }

    @Test
    void twoNodesCannotUseOneDirectory() throws IOException {
        try (var first = LastKnownGood.open(directory)) {
            first.save(FIRST);
            assertThatThrownBy(() -> LastKnownGood.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "the data directory %s is in use by process %d: stop that, or give this"
                                    + " node a directory of its own",
                            directory, ProcessHandle.current().pid());
        }
        assertThat(saved()).isEqualTo(FIRST);
    }

    private void save(SavedState... states) throws IOException {
        try (var store = LastKnownGood.open(directory)) {
            for (SavedState saved : states) store.save(saved);
        }
    }

    private SavedState saved() throws IOException {
        try (var store = LastKnownGood.open(directory)) {
            return store.saved();
        }
    }

    private static SavedState state(String... drains) {
        Intents intents = Intents.NONE;
        for (String id : drains)
            intents = intents.with(Samples.drain(id, Samples.stamp(1, Samples.A)));
        return new SavedState(Map.of(Samples.A, 1L), intents, Map.of());
    }
}
