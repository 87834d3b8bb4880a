package meridian.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import meridian.cluster.Message.Contents;
import meridian.health.Health;
import meridian.health.Report;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import org.junit.jupiter.api.Test;

class KnowledgeTest {

    private static final Knowledge NONE = Knowledge.of(SavedState.NONE, Samples.NOON);
    private static final WatchKey KEY = new WatchKey(1);
    private static final WatchKey OTHER = new WatchKey(2);

    /// Commutative, associative and idempotent at once: any order, any repetition, any splitting.
    @Test
    void whoHeardTheSameKnowsTheSame() {
        for (long seed = 0; seed < 500; seed++) {
            var draw = new Random(seed);
            var told = new ArrayList<Contents>();
            for (int i = 0; i < 8; i++) told.add(Samples.contents(draw));
            Knowledge first = heard(told);

            var again = new ArrayList<>(told);
            again.addAll(told.subList(0, draw.nextInt(told.size())));
            told.forEach(contents -> again.addAll(split(contents)));
            Collections.shuffle(again, draw);

            assertThat(heard(again).differsFrom(first)).as("seed %d", seed).isFalse();
            assertThat(heard(again).marks()).as("seed %d", seed).isEqualTo(first.marks());
        }
    }

    @Test
    void aReportThatOnlyRepeatsTheLastIsNoChange() {
        var first = new Report(Samples.A, 1, 1, false, Map.of(KEY, Samples.down(5)));
        var again = new Report(Samples.A, 1, 2, false, Map.of(KEY, Samples.down(5)));
        var other = new Report(Samples.A, 1, 3, false, Map.of(KEY, Samples.down(6)));
        Knowledge known = NONE.heard(first, 0);

        assertThat(known.heard(again, 1).differsFrom(known)).isFalse();
        assertThat(known.heard(other, 1).differsFrom(known)).isTrue();
    }

    @Test
    void aCountForgetsNoVerdictThatOnlyOthersWatch() {
        var verdict = new Verdict(Health.DOWN, Samples.stamp(1, Samples.B));
        Knowledge known =
                NONE.merged(Contents.of(Map.of(OTHER, verdict)), 0, Samples.NOON)
                        .counted(_ -> new Tally(Map.of(), Map.of(KEY, verdict), Map.of()));

        assertThat(known.tally().verdicts().keySet()).containsExactlyInAnyOrder(KEY, OTHER);
    }

    @Test
    void verdictsOnWhatNobodyWatchesAreNotSharedAndInTheEndForgotten() {
        var verdict = new Verdict(Health.DOWN, Samples.stamp(1, Samples.B));
        var watched = new Report(Samples.A, 1, 1, false, Map.of(KEY, Samples.down(5)));
        Knowledge known =
                NONE.merged(Contents.of(Map.of(KEY, verdict, OTHER, verdict)), 0, Samples.NOON)
                        .heard(watched, 0);

        assertThat(known.watchedVerdicts()).containsOnlyKeys(KEY);
        assertThat(known.swept(Samples.NOON).tally().verdicts()).containsOnlyKeys(KEY);
    }

    @Test
    void aDigestFollowsWhatIsNew() {
        for (long seed = 0; seed < 500; seed++) {
            var draw = new Random(seed);
            Knowledge known = NONE;
            Digest digest = Digest.of(known.watchedVerdicts());
            for (int i = 0; i < 20; i++) {
                Knowledge next = known.merged(Samples.contents(draw), 0, Samples.NOON);
                if (draw.nextInt(4) == 0)
                    next = next.counted(tally -> tally.frozen(List.of(KEY, OTHER)));
                if (draw.nextInt(6) == 0) next = next.swept(Samples.NOON);
                digest = digest.after(known, next);
                assertThat(digest).as("seed %d", seed).isEqualTo(Digest.of(next.watchedVerdicts()));
                known = next;
            }
        }
    }

    private static Knowledge heard(List<Contents> told) {
        Knowledge knowledge = NONE;
        for (Contents contents : told) knowledge = knowledge.merged(contents, 0, Samples.NOON);
        return knowledge;
    }

    private static List<Contents> split(Contents contents) {
        var parts = new ArrayList<Contents>();
        contents.reports().forEach(report -> parts.add(Contents.of(report)));
        contents.entries().forEach(entry -> parts.add(Contents.of(List.of(entry))));
        contents.verdicts().forEach((key, value) -> parts.add(Contents.of(Map.of(key, value))));
        return parts;
    }
}
