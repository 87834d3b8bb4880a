package meridian.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
        List<String> cells = cells(fields);
        Optional<RegionId> id = problems.attempt(tree.at(), () -> new RegionId(name));
        Optional<Coordinates> location = fields.read("location", values::coordinates);
        if (id.isEmpty() || location.isEmpty()) return Optional.empty();
        return Optional.of(new Region(id.get(), location.get(), capacity, standby, cells));
    }

    private List<String> cells(Fields fields) {
        var cells = new LinkedHashSet<String>();
        for (Tree item : fields.items("cells"))
            values.text(item)
                    .filter(cell -> !cells.add(cell))
                    .ifPresent(
                            cell ->
                                    problems.refuse(
                                            item.at(),
                                            "\"" + cell + "\" is a cell of this region already",
                                            "each cell is accepted once"));
        return List.copyOf(cells);
    }

    /// The cells of each region, from the section as written: a region with a mistake in it is
    /// still a region.
    static SequencedMap<String, List<String>> cellsOf(SequencedMap<String, Tree> section) {
        var cells = new LinkedHashMap<String, List<String>>();
        section.forEach(
                (name, tree) -> {
                    if (isName(name)) cells.put(name, cellsOf(tree));
                });
        if (cells.isEmpty()) cells.put(LOCAL.id().name(), List.of());
        return cells;
    }

    static boolean isName(String text) {
        try {
            return !new RegionId(text).name().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static List<String> cellsOf(Tree region) {
        if (!(region instanceof Tree.Block block)) return List.of();
        Tree cells = block.fields().get("cells");
        return cells == null ? List.of() : texts(Fields.itemsOf(cells));
    }

    private static List<String> texts(List<Tree> items) {
        return items.stream()
                .filter(Tree.Scalar.class::isInstance)
                .map(item -> ((Tree.Scalar) item).text())
                .toList();
    }
}
