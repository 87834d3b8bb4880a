package meridian.steering;

import java.util.List;
import java.util.Optional;
import meridian.topology.RegionId;

/// Where the endpoints of an answer come from.
public sealed interface Source {

    /// What of a region's pool serves: what is up; if nothing is, what is unknown; else all of it.
    record Serving(RegionId of) implements Source {}

    /// All of a region's pool, whatever was measured.
    record Whole(RegionId of) implements Source {}

    /// What the service keeps for when nothing is eligible.
    record Fallback() implements Source {}

    /// Regions for the client to try one after the other.
    record Steps(List<Rung> rungs) implements Source {

        public Steps {
            rungs = List.copyOf(rungs);
        }
    }

    /// One region among those to try.
    ///
    /// @param step from 1; those of one step are equally good
    /// @param weight among those of its step
    record Rung(int step, int weight, Source of) {}

    /// For each type of address that the service has, where those come from; some may come from
    /// nowhere.
    record Families(List<Optional<Source>> of) implements Source {

        public Families {
            of = List.copyOf(of);
        }
    }

    /// The regions that they are in.
    default List<RegionId> regions() {
        return switch (this) {
            case Serving(var region) -> List.of(region);
            case Whole(var region) -> List.of(region);
            case Fallback() -> List.of();
            case Steps(var rungs) ->
                    rungs.stream().flatMap(rung -> rung.of().regions().stream()).toList();
            case Families(var families) ->
                    families.stream()
                            .flatMap(Optional::stream)
                            .flatMap(source -> source.regions().stream())
                            .distinct()
                            .toList();
        };
    }

    /// The region, where it is one.
    default Optional<RegionId> region() {
        List<RegionId> all = regions();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }
}
