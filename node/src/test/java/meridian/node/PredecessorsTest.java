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
        predecessors.look();
        predecessors.add(() -> released.add("second"));
        look(Predecessors.KEPT_FOR - 2);
        assertThat(released).isEmpty();

        predecessors.look();
        assertThat(released).containsExactly("first");

        look(5);
        assertThat(released).containsExactly("first", "second");
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) predecessors.look();
    }
}
