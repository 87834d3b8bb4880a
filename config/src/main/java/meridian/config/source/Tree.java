package meridian.config.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A value as it is written, in the order it is written, and where.
public sealed interface Tree {

    Spot at();

    /// What it is, for a sentence: `a list`.
    String kind();

    /// All that is given for one key, if that is blocks; or the first.
    private static Tree joined(List<Tree> values) {
        var blocks = new ArrayList<Block>();
        for (Tree value : values) if (value instanceof Block block) blocks.add(block);
        return blocks.size() == values.size() ? Block.joined(blocks) : values.getFirst();
    }

    record Block(Spot at, SequencedMap<String, Tree> fields) implements Tree {

        public Block {
            var copy = LinkedHashMap.<String, Tree>newLinkedHashMap(fields.size());
            copy.putAll(fields);
            fields = Collections.unmodifiableSequencedMap(copy);
        }

        @Override
        public String kind() {
            return "a block";
        }

        /// Parts of one block as that block.
        public static Block joined(List<Block> parts) {
            if (parts.size() == 1) return parts.getFirst();
            var values = new LinkedHashMap<String, List<Tree>>();
            for (Block part : parts)
                part.fields.forEach(
                        (key, value) ->
                                values.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(value));
            var fields = new LinkedHashMap<String, Tree>();
            values.forEach((key, each) -> fields.put(key, Tree.joined(each)));
            return new Block(parts.getFirst().at, fields);
        }

        /// This block with the fields of `base` that it has not got itself.
        public Block over(Block base) {
            var all = new LinkedHashMap<>(fields);
            base.fields.forEach(all::putIfAbsent);
            return new Block(at, all);
        }
    }

    record Listing(Spot at, List<Tree> items) implements Tree {

        public Listing {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /// One word, number or quoted text.
    ///
    /// @param text as written, without quotes
    record Scalar(Spot at, Kind type, String text) implements Tree {

        /// What HOCON takes an unquoted word for.
        public enum Kind {
            TEXT,
            NUMBER,
            TRUTH,
            NOTHING
        }

        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "the text \"" + text + "\"";
                case NUMBER -> "the number " + text;
                case TRUTH -> text;
                case NOTHING -> "null";
            };
        }
    }
}
