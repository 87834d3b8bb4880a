package meridian.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One seed: its scenario, its schedule of faults, and what comes of them.
public final class Seed {

    private final long number;
    private final Supplier<Parts> parts;

    /// @param parts makes the parts of each process: `Parts::new` for the real ones
    public Seed(long number, Supplier<Parts> parts) {
        this.number = number;
        this.parts = parts;
    }

    /// The first invariant that does not hold under this seed.
    public Optional<Violation> run() {
        Scenario scenario = ScenarioDraw.of(number);
        return Simulation.run(scenario, ScheduleDraw.of(scenario), parts, Story.untold());
    }

    /// What a run that fails comes down to; empty if none does.
    public Optional<Failure> failure() {
        Scenario scenario = ScenarioDraw.of(number);
        List<Fault> schedule = ScheduleDraw.of(scenario);
        return Simulation.run(scenario, schedule, parts, Story.untold())
                .map(violation -> failure(scenario, schedule, violation));
    }

    private Failure failure(Scenario scenario, List<Fault> schedule, Violation violation) {
        List<Fault> shortest = Shrinker.shrink(scenario, schedule, violation, parts);
        Story story = Story.told();
        Violation last = Simulation.run(scenario, shortest, parts, story).orElse(violation);
        return new Failure(
                number,
                scenario.text(),
                schedule.size(),
                last,
                shortest.stream()
                        .map(fault -> Times.text(fault.at()) + "  " + fault.story(scenario))
                        .toList(),
                story.lines());
    }
}
