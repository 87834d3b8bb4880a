package meridian.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.topology.Coordinates;
import meridian.topology.Region;
import meridian.topology.RegionId;

/// `regions { … }`.
final class RegionSection {

    /// Words that steps use for something else.
    private static final Set<String> RESERVED = Set.of("nearest", "all", "within");

    /// The region of a configuration that names none, as a single server needs none.
    private static final Region LOCAL =
            new Region(new RegionId("local"), new Coordinates(0, 0), 100, false, List.of());

    private final Problems problems;
    private final Values values;

    RegionSection(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    List<Region> read(SequencedMap<String, Tree> section) {
        if (section.isEmpty()) return List.of(LOCAL);
        var regions = new ArrayList<Region>();
        section.forEach((name, tree) -> region(name, tree).ifPresent(regions::add));
        return regions;
    }

    private Optional<Region> region(String name, Tree tree) {
        Optional<Fields> found = Fields.of(tree, Schema.REGION, problems);
        if (found.isEmpty()) return Optional.empty();
        Fields fields = found.get();
        if (RESERVED.contains(name))
            problems.refuse(tree.at(), "is a word of steps", "another name is accepted");
        fields.require("location", "location = [latitude, longitude] is accepted");
        int capacity = fields.number("capacity", 100, 1, 1_000_000_000);
        boolean standby = fields.truth("standby", false);
        List<String> cells = fields.readEach("cells", values::text);
        Optional<RegionId> id = problems.attempt(tree.at(), () -> new RegionId(name));
        Optional<Coordinates> location = fields.read("location", values::coordinates);
        if (id.isEmpty() || location.isEmpty()) return Optional.empty();
        return Optional.of(new Region(id.get(), location.get(), capacity, standby, cells));
    }
}
