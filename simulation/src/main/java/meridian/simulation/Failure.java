package meridian.simulation;

import java.util.List;

/// A seed under which an invariant did not hold, told for a person.
///
/// @param scenario what the seed draws, in a few words
/// @param faults how many the seed's schedule has
/// @param violation of the shortest schedule that still fails
/// @param schedule that one, a line each
/// @param story of its run
public record Failure(
        long seed,
        String scenario,
        int faults,
        Violation violation,
        List<String> schedule,
        List<String> story) {

    public Failure {
        schedule = List.copyOf(schedule);
        story = List.copyOf(story);
    }
}
