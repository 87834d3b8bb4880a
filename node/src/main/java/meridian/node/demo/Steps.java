package meridian.node.demo;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The steps of the story, counted. One that fails is shown as failed, what it broke is mended, and
/// the story goes on.
final class Steps {

    private static final int LOG_LINES = 8;

    /// One thing that happens, and what is to come of it.
    @FunctionalInterface
    interface Step {
        void happen() throws NotAsToldException, IOException, InterruptedException;
    }

    private final DemoFleet fleet;
    private final Screen screen;
    private final long began = System.nanoTime();
    private int taken;
    private int failed;

    Steps(DemoFleet fleet, Screen screen) {
        this.fleet = fleet;
        this.screen = screen;
    }

    void take(String title, Step step) throws InterruptedException {
        taken++;
        screen.title(taken + ". " + title);
        try {
            step.happen();
        } catch (NotAsToldException e) {
            fail(e.seen(), e.node());
        } catch (IOException e) {
            fail(e.toString(), Optional.empty());
        }
    }

    boolean allAsTold() {
        return failed == 0;
    }

    void sumUp() {
        screen.title("The end");
        String time = ", in " + Screen.seconds(Lookout.since(began));
        if (failed == 0) screen.good("All " + taken + " steps came out as told" + time);
        else screen.bad(failed + " of " + taken + " steps did not come out as told" + time);
    }

    private void fail(String what, Optional<Place> concerned) {
        failed++;
        screen.bad(what);
        concerned.map(List::of).orElseGet(() -> List.of(Place.values())).forEach(this::showLog);
        try {
            fleet.mend();
        } catch (IOException e) {
            screen.say("What is broken could not be mended: " + e.getMessage());
        }
    }

    private void showLog(Place place) {
        screen.say("The end of the log of " + place.node() + ":");
        fleet.folder().logEnd(place, LOG_LINES).forEach(screen::faint);
    }
}
