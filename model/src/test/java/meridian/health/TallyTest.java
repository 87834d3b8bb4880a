package meridian.health;

import static meridian.health.Hearing.KEY;
import static meridian.health.Hearing.quorum;
import static meridian.health.Hearing.stamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {

    private static final Quorum THREE = quorum("a@eu", "b@us", "c@ap");
    private static final Duration FRESH_FOR = Hearing.AGREEMENT.freshFor();
    private static final Duration RELEASE_AFTER = Hearing.AGREEMENT.releaseAfter();
    private static final Duration INSTANT = Duration.ofNanos(1);

    private final Hearing three = new Hearing("a", THREE);

    @Test
    void oneVantageAloneDecidesAlone() {
        var alone = new Hearing("a", quorum("a@eu"));
        assertThat(alone.counts().verdict()).isEmpty();
        assertThat(alone.down("a").counts().health()).contains(Health.DOWN);
        assertThat(alone.up("a").counts().health()).contains(Health.UP);
    }

    @Test
    void oneOfThreeDecidesNothing() {
        assertThat(three.down("a").counts().verdict()).isEmpty();
        assertThat(three.up("b", "c").counts().health()).contains(Health.UP);
        assertThat(three.down("a").counts().health()).contains(Health.UP);
        assertThat(three.down("b").counts().health()).contains(Health.DOWN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void silenceKeepsThePreviousVerdict(boolean up) {
        Health before = up ? Health.UP : Health.DOWN;
        for (String vantage : new String[] {"a", "b", "c"}) three.says(vantage, before, 5);
        three.counts();
        three.later(Duration.ofDays(400)).counts();
        assertThat(three.health()).contains(before);
        assertThat(three.votes()).allMatch(vote -> vote.health() == Health.UNKNOWN);
    }

    @Test
    void silenceBeforeAnyVerdictIsNotDown() {
        assertThat(three.later(RELEASE_AFTER).counts().verdict()).isEmpty();
    }

    @Test
    void abstentionKeepsThePreviousVerdict() {
        three.up("a", "b", "c").counts();
        for (String vantage : new String[] {"a", "b", "c"}) three.abstains(vantage, Health.DOWN);
        assertThat(three.counts().health()).contains(Health.UP);
        assertThat(three.votes()).extracting(Vote::reason).containsOnly("abstains");
    }

    @Test
    void notWatchingKeepsThePreviousVerdict() {
        three.up("a", "b", "c").counts().doesNotWatch("a").doesNotWatch("b").unknown("c");
        assertThat(three.counts().health()).contains(Health.UP);
        assertThat(three.votes())
                .extracting(Vote::reason)
                .containsExactly("does not watch it", "does not watch it", "");
    }

    @Test
    void aVoteCountsUntilTheLastMomentOfFreshness() {
        three.down("a").later(FRESH_FOR);
        assertThat(three.votes().getFirst().health()).isEqualTo(Health.DOWN);
        three.later(INSTANT);
        assertThat(three.votes().getFirst().health()).isEqualTo(Health.UNKNOWN);
        assertThat(three.votes().getFirst().reason()).isEqualTo("stale");
        assertThat(three.votes().getFirst().age()).contains(FRESH_FOR.plus(INSTANT));
        assertThat(three.votes().getLast().reason()).isEqualTo("no report has arrived");
    }

    @Test
    void aStaleVoteCompletesNoQuorum() {
        three.up("a", "b", "c").counts().down("a").later(FRESH_FOR.plus(INSTANT)).down("b");
        assertThat(three.counts().health()).contains(Health.UP);
    }

    @Test
    void whatAVantageSaidBeforeItSaidSomethingNewerIsIgnored() {
        var down = new Opinion(Health.DOWN, new HybridTime(5, 0), "refused");
        var up = new Opinion(Health.UP, new HybridTime(4, 0), "");
        for (long[] older : new long[][] {{2, 7}, {2, 6}, {1, 9}, {0, Long.MAX_VALUE}}) {
            var alone = new Hearing("b", quorum("a@eu"));
            alone.hears(numbered(2, 7, down)).hears(numbered(older[0], older[1], up));
            assertThat(alone.counts().health())
                    .as("%d/%d", older[0], older[1])
                    .contains(Health.DOWN);
        }
        for (long[] newer : new long[][] {{2, 8}, {3, 0}}) {
            var alone = new Hearing("b", quorum("a@eu"));
            alone.hears(numbered(2, 7, down)).hears(numbered(newer[0], newer[1], up));
            assertThat(alone.counts().health()).contains(Health.UP);
        }
    }

    /// Else whoever repeats a dead vantage's last words would keep them fresh for ever.
    @Test
    void hearingTheSameReportAgainDoesNotMakeItYounger() {
        var down = new Opinion(Health.DOWN, new HybridTime(5, 0), "refused");
        var alone = new Hearing("b", quorum("a@eu")).hears(numbered(1, 1, down));
        alone.later(FRESH_FOR).hears(numbered(1, 1, down)).later(INSTANT);
        assertThat(alone.votes().getFirst().health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void anEndpointIsReleasedByOneVoteAfterReleaseAfter() {
        three.down("a", "b", "c").counts();
        three.later(FRESH_FOR.plus(INSTANT)).up("c").counts();
        calm(RELEASE_AFTER.minus(INSTANT));
        assertThat(three.health()).contains(Health.DOWN);
        calm(INSTANT);
        assertThat(three.health()).contains(Health.UP);
        assertThat(three.verdict().orElseThrow().stamp().node()).isEqualTo(new NodeId("a"));
    }

    @Test
    void aFreshDownVoteBeginsTheWaitForReleaseAnew() {
        three.down("a", "b").counts().later(FRESH_FOR.plus(INSTANT)).up("c").counts();
        calm(RELEASE_AFTER.minus(INSTANT));
        three.down("a").counts().later(FRESH_FOR.plus(INSTANT));
        three.up("c").counts();
        calm(RELEASE_AFTER.minus(INSTANT));
        assertThat(three.health()).contains(Health.DOWN);
        calm(INSTANT);
        assertThat(three.health()).contains(Health.UP);
    }

    @Test
    void silenceBeginsTheWaitForReleaseAnew() {
        three.down("a", "b").counts().later(FRESH_FOR.plus(INSTANT)).up("c").counts();
        three.later(RELEASE_AFTER).counts();
        three.up("c").counts();
        assertThat(three.health()).contains(Health.DOWN);
    }

    @Test
    void withoutAnUpVoteNothingIsReleased() {
        three.down("a", "b", "c").counts().later(RELEASE_AFTER.multipliedBy(3)).counts();
        three.unknown("a", "b", "c").later(RELEASE_AFTER).unknown("a", "b", "c").counts();
        assertThat(three.health()).contains(Health.DOWN);
    }

    /// c was cut off, saw the endpoint up, and released it. Once links are back, a and b, who have
    /// said "down" since long before, hold: with a stamp that wins wherever verdicts meet.
    @Test
    void aVantageThatSaidDownAllAlongOutvotesALaterRelease() {
        var released = new Verdict(Health.UP, stamp(9_000_000, "c"));
        three.says("a", Health.DOWN, 5).says("b", Health.DOWN, 6).counts();
        assertThat(three.verdict()).contains(new Verdict(Health.DOWN, stamp(6, "b")));
        three.merges(released);
        assertThat(three.health()).contains(Health.UP);
        three.counts();
        var moved = new Stamp(new HybridTime(9_000_000, 1), new NodeId("b"));
        assertThat(three.verdict()).contains(new Verdict(Health.DOWN, moved));
        assertThat(three.merges(released).counts().verdict())
                .contains(new Verdict(Health.DOWN, moved));
    }

    @Test
    void aVerdictThatStandsKeepsItsStamp() {
        three.says("a", Health.DOWN, 5).says("b", Health.DOWN, 6).counts();
        var first = three.verdict();
        three.says("c", Health.DOWN, 3).says("a", Health.DOWN, 8).later(INSTANT).counts();
        assertThat(three.verdict()).isEqualTo(first);
    }

    @Test
    void theMinorityOfASplitFleetDecidesNothing() {
        var five = quorum("a@eu", "b@eu", "c@us", "d@us", "e@ap");
        var minority = new Hearing("a", five).up("a", "b", "c", "d", "e").counts();
        minority.later(FRESH_FOR.plus(INSTANT)).down("a", "b").counts();
        assertThat(minority.health()).contains(Health.UP);
        var majority = new Hearing("c", five).up("a", "b", "c", "d", "e").counts();
        majority.later(FRESH_FOR.plus(INSTANT)).down("c", "d", "e").counts();
        assertThat(majority.health()).contains(Health.DOWN);
    }

    @Test
    void aNodeThatCannotCountTakesTheNewerVerdict() {
        three.merges(new Verdict(Health.UP, stamp(7, "b")));
        three.merges(new Verdict(Health.DOWN, stamp(6, "z"))).counts();
        assertThat(three.verdict()).contains(new Verdict(Health.UP, stamp(7, "b")));
        three.merges(new Verdict(Health.DOWN, stamp(7, "c"))).counts();
        assertThat(three.verdict()).contains(new Verdict(Health.DOWN, stamp(7, "c")));
    }

    @Test
    void verdictsOfOneMomentAreMergedAlikeEverywhere() {
        var up = new Verdict(Health.UP, stamp(7, "b"));
        var down = new Verdict(Health.DOWN, stamp(7, "b"));
        assertThat(up.merged(down)).isEqualTo(up);
        assertThat(down.merged(up)).isEqualTo(up);
    }

    @Test
    void whatIsNoLongerWatchedIsForgotten() {
        three.down("a", "b").counts();
        var other = new WatchKey(7);
        three.counts(Set.of(other));
        assertThat(three.tally().verdicts()).isEmpty();
        assertThat(three.later(FRESH_FOR.plus(INSTANT)).counts().verdict()).isEmpty();
    }

    @Test
    void aFleetThatStartsSeesNothingDownBeforeAQuorumSaysSo() {
        three.down("a").counts();
        assertThat(three.verdict()).isEmpty();
        three.later(Duration.ofSeconds(1)).down("a", "b").counts();
        assertThat(three.health()).contains(Health.DOWN);
    }

    /// `System.nanoTime` begins anywhere, and may pass from the greatest number to the least.
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE, -1, -3_000_000_000L, Long.MAX_VALUE - 1_000_000_000L})
    void theMonotonicClockMayBeginAnywhereAndWrap(long start) {
        var wrapping = new Hearing("a", THREE).startingAt(start);
        wrapping.down("a", "b").counts().later(FRESH_FOR);
        assertThat(wrapping.votes().getFirst().health()).isEqualTo(Health.DOWN);
        wrapping.later(INSTANT);
        assertThat(wrapping.votes().getFirst().health()).isEqualTo(Health.UNKNOWN);
        wrapping.up("c").counts();
        for (int seconds = 0; seconds < 299; seconds++)
            wrapping.later(Duration.ofSeconds(1)).up("c").counts();
        assertThat(wrapping.health()).contains(Health.DOWN);
        wrapping.later(Duration.ofSeconds(1)).up("c").counts();
        assertThat(wrapping.health()).contains(Health.UP);
    }

    @Test
    void aReportNumberedBelowZeroIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Report(new NodeId("a"), -1, 4, false, Map.of()))
                .withMessage("the report of a is numbered -1/4; both count up from 0");
    }

    /// c says "up" all the time.
    private void calm(Duration time) {
        Duration left = time;
        while (left.compareTo(FRESH_FOR) > 0) {
            three.later(FRESH_FOR).up("c").counts();
            left = left.minus(FRESH_FOR);
        }
        three.later(left).up("c").counts();
    }

    private static Report numbered(long incarnation, long sequence, Opinion opinion) {
        return new Report(new NodeId("a"), incarnation, sequence, false, Map.of(KEY, opinion));
    }
}
