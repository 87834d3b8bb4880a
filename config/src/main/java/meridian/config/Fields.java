package meridian.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.source.Tree;

/// One block and the keys that may stand in it. Whoever reads a key that [Schema] does not name has
/// made a mistake, and so has the operator who writes one.
final class Fields {

    private final Tree.Block block;
    private final Schema schema;
    private final Problems problems;
    private final Values values;

    private Fields(Tree.Block block, Schema schema, Problems problems) {
        this.block = block;
        this.schema = schema;
        this.problems = problems;
        this.values = new Values(problems);
    }

    /// The fields of a block; each unknown key is a problem.
    static Fields of(Tree.Block block, Schema schema, Problems problems) {
        block.fields().forEach((key, value) -> checkKnown(key, value, schema, problems));
        return new Fields(block, schema, problems);
    }

    /// The fields of `tree`; a problem if it is no block.
    static Optional<Fields> of(Tree tree, Schema schema, Problems problems) {
        return blockOf(tree, problems).map(block -> of(block, schema, problems));
    }

    static Optional<Tree.Block> blockOf(Tree tree, Problems problems) {
        if (tree instanceof Tree.Block block) return Optional.of(block);
        problems.refuse(tree.at(), "is " + tree.kind(), "a block { ... } is accepted");
        return Optional.empty();
    }

    private static void checkKnown(String key, Tree value, Schema schema, Problems problems) {
        if (schema.keys().contains(key)) return;
        problems.refuse(value.at(), "is an unknown key", Nearest.accepted(key, schema.keys()));
    }

    Spot at() {
        return block.at();
    }

    /// Where the key is written, or the block if it is not.
    Spot at(String key) {
        return find(key).map(Tree::at).orElse(block.at());
    }

    boolean has(String key) {
        return find(key).isPresent();
    }

    Optional<Tree> find(String key) {
        if (!schema.keys().contains(key))
            throw new IllegalArgumentException(
                    "[" + schema.pattern() + "] does not declare the key " + key);
        return Optional.ofNullable(block.fields().get(key));
    }

    /// A problem if the key is missing.
    void require(String key, String accepted) {
        if (!has(key)) problems.refuse(at(), "has no " + key, accepted);
    }

    <T> Optional<T> read(String key, Function<Tree, Optional<T>> reader) {
        return find(key).flatMap(reader);
    }

    /// The items of a list; a value alone is a list of one.
    List<Tree> items(String key) {
        return find(key).map(Fields::itemsOf).orElse(List.of());
    }

    static List<Tree> itemsOf(Tree tree) {
        return tree instanceof Tree.Listing(_, var items) ? items : List.of(tree);
    }

    <T> List<T> readEach(String key, Function<Tree, Optional<T>> reader) {
        var all = new ArrayList<T>();
        for (Tree item : items(key)) reader.apply(item).ifPresent(all::add);
        return all;
    }

    Optional<Fields> block(String key, Schema inner) {
        return find(key).flatMap(tree -> of(tree, inner, problems));
    }

    /// What stands under names that the operator gives.
    SequencedMap<String, Tree> named(String key) {
        return find(key)
                .flatMap(tree -> blockOf(tree, problems))
                .map(Tree.Block::fields)
                .orElseGet(LinkedHashMap::new);
    }

    Optional<String> text(String key) {
        return read(key, values::text);
    }

    boolean truth(String key, boolean otherwise) {
        return read(key, values::truth).orElse(otherwise);
    }

    int number(String key, int otherwise, int least, int most) {
        return read(key, tree -> values.number(tree, least, most)).orElse(otherwise);
    }

    Duration duration(String key, Duration otherwise, Duration least, Duration most) {
        return read(key, tree -> values.duration(tree, least, most)).orElse(otherwise);
    }

    int percent(String key, int otherwise, int least) {
        return read(key, tree -> values.percent(tree, least)).orElse(otherwise);
    }
}
