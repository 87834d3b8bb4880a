package meridian.simulation;

import java.util.ArrayList;
import java.util.List;

/// How long links and processes have been well, and how often they were not.
final class Disturbances {

    private final Agenda agenda;
    private final List<Fault.Pause> pauses = new ArrayList<>();
    private int active;
    private int count;
    private long last;

    Disturbances(Agenda agenda) {
        this.agenda = agenda;
    }

    void happened(Fault fault, boolean begins) {
        if (!disturbs(fault)) return;
        if (fault instanceof Fault.Pause pause && begins) pauses.add(pause);
        if (fault.until() > fault.at()) active += begins ? 1 : -1;
        count++;
        last = agenda.now();
    }

    /// How often something disturbed the fleet, or ceased to.
    int count() {
        return count;
    }

    /// For how long every process has run, every link carried, every disk taken what it was given.
    long calmFor() {
        return active > 0 ? 0 : agenda.now() - last;
    }

    /// For how long processes stood still, of late: by so much, what they hold may be older than
    /// their clocks tell them.
    long stoodStill() {
        long sum = 0;
        for (Fault.Pause pause : pauses) {
            if (pause.until() > agenda.now() - Times.SECOND * 40)
                sum += Math.min(pause.until(), agenda.now()) - pause.at();
        }
        return sum;
    }

    private static boolean disturbs(Fault fault) {
        return switch (fault) {
            case Fault.Cut _,
                    Fault.Loss _,
                    Fault.Doubling _,
                    Fault.Disorder _,
                    Fault.Crash _,
                    Fault.PowerCut _,
                    Fault.FleetRestart _,
                    Fault.Pause _,
                    Fault.FullDisk _,
                    Fault.NewConfiguration _ ->
                    true;
            case Fault.EndpointDown _,
                    Fault.Flapping _,
                    Fault.RegionDown _,
                    Fault.BadRelease _,
                    Fault.ClockJump _,
                    Fault.Lie _,
                    Fault.NoProbes _,
                    Fault.NoNetwork _,
                    Fault.DrainBegun _,
                    Fault.DrainEnded _,
                    Fault.Retired _,
                    Fault.FailedBack _,
                    Fault.Confirmed _,
                    Fault.Pardoned _,
                    Fault.FreezeBegun _ ->
                    false;
        };
    }
}
