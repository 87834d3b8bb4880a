package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredecessorsTest {

    private final Predecessors predecessors = new Predecessors();
    private final List<String> released = new ArrayList<>();

    @Test
    void eachGoesOnceAndAWhileAfterItServed() {
        predecessors.add(() -> released.add("first"));
        predecessors.look(true);
        predecessors.add(() -> released.add("second"));
        look(Predecessors.KEPT_FOR - 2);
        assertThat(released).isEmpty();

        predecessors.look(true);
        assertThat(released).containsExactly("first");

        look(5);
        assertThat(released).containsExactly("first", "second");
    }

    @Test
    void whatServesOnSinceNothingFollowsItIsKept() {
        predecessors.add(() -> released.add("first"));
        for (int i = 0; i < 3 * Predecessors.KEPT_FOR; i++) predecessors.look(false);
        assertThat(released).isEmpty();

        look(Predecessors.KEPT_FOR);
        assertThat(released).containsExactly("first");
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) predecessors.look(true);
    }
}
