package meridian.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What happened in a run, in lines for a person; or nothing, where nobody will read it.
final class Story {

    private static final int LONGEST = 5_000;

    private final List<String> lines = new ArrayList<>();
    private final boolean isTold;
    private Supplier<Long> now = () -> 0L;
    private boolean isOver;

    private Story(boolean isTold) {
        this.isTold = isTold;
    }

    static Story untold() {
        return new Story(false);
    }

    static Story told() {
        return new Story(true);
    }

    boolean isTold() {
        return isTold;
    }

    /// Names the clock of the lines to come.
    void on(Agenda agenda) {
        now = agenda::now;
    }

    void tell(String what) {
        if (isTold && !isOver && lines.size() < LONGEST)
            lines.add(String.format("%10s  %s", Times.text(now.get()), what));
    }

    /// Its last line.
    void end(String what) {
        tell(what);
        isOver = true;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
