package meridian.config.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A value as it is written, in the order it is written, and where.
public sealed interface Tree {

    Spot at();

    /// What it is, for a sentence: `a list`.
    String kind();

    record Block(Spot at, SequencedMap<String, Tree> fields) implements Tree {

        public Block {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String kind() {
            return "a block";
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
