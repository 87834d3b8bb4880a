package meridian.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumberingTest {

    @Test
    void anIncarnationIsAboveTheClockTheDiskAndWhatOthersHeard() {
        assertThat(new Numbering(500, 100).incarnation()).isEqualTo(500);
        assertThat(new Numbering(500, 700).incarnation()).isEqualTo(701);

        var numbering = new Numbering(500, 0);
        numbering.heardOf(new Mark(900, 3));
        assertThat(numbering.next()).isEqualTo(new Mark(901, 1));
    }

    @Test
    void ourOwnWordsSentAgainAreNoSecondProcess() {
        var numbering = new Numbering(500, 400);
        Mark said = numbering.next();

        assertThat(numbering.isForeign(said, 0)).isFalse();
        assertThat(numbering.isForeign(new Mark(400, 9), 0)).isFalse();
        assertThat(numbering.isForeign(new Mark(450, 1), 0)).isTrue();
        assertThat(numbering.isDoubled(Peers.DOUBLED_FOR_NANOS - 1)).isTrue();
        assertThat(numbering.isDoubled(Peers.DOUBLED_FOR_NANOS)).isFalse();
    }
}
