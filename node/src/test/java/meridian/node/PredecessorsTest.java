package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PredecessorsTest {

    private final Predecessors predecessors = new Predecessors();
    private final List<String> released = new ArrayList<>();

    /// Those that a transfer reads.
    private final Set<String> read = new HashSet<>();

    @Test
    void eachGoesOnceAndAWhileAfterItServed() {
        add("first");
        predecessors.look(true);
        add("second");
        look(Predecessors.KEPT_FOR - 2);
        assertThat(released).isEmpty();

        predecessors.look(true);
        assertThat(released).containsExactly("first");

        look(5);
        assertThat(released).containsExactly("first", "second");
        assertThat(predecessors.look(true)).isTrue();
    }

    @Test
    void whatServesOnSinceNothingFollowsItIsKept() {
        add("first");
        for (int i = 0; i < 3 * Predecessors.KEPT_FOR; i++) predecessors.look(false);
        assertThat(released).isEmpty();

        look(Predecessors.KEPT_FOR);
        assertThat(released).containsExactly("first");
    }

    @Test
    void whatATransferReadsIsKeptUntilThatHasEnded() {
        add("first");
        add("second");
        read.add("first");
        look(10 * Predecessors.KEPT_FOR);
        assertThat(released).containsExactly("second");
        assertThat(predecessors.look(true)).as("whether none is left").isFalse();

        read.clear();
        predecessors.look(true);
        assertThat(released).containsExactly("second", "first");
    }

    @Test
    void whoReadsForEverHoldsNothingForEver() {
        add("first");
        read.add("first");
        look(Predecessors.LONGEST_LEASE - 1);
        assertThat(released).isEmpty();

        predecessors.look(true);
        assertThat(released).containsExactly("first");
    }

    @Test
    void ofManyThatAreReadTheLastAreKept() {
        for (String name : List.of("first", "second", "third")) {
            add(name);
            read.add(name);
        }
        look(Predecessors.KEPT_FOR);
        assertThat(released).containsExactly("first");

        look(Predecessors.KEPT_FOR);
        assertThat(released).containsExactly("first");
    }

    private void add(String name) {
        predecessors.add(() -> released.add(name), () -> read.contains(name));
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) predecessors.look(true);
    }
}
