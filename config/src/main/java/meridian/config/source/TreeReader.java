package meridian.config.source;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Makes trees of what the library has read, and what the scanner has found about it.
///
/// @param firstLine of what was read, in its file
record TreeReader(int firstLine) {

    /// The fields in the order in which they are written. Where the scanner does not know a key,
    /// for it has escapes in it, it comes last, with the line of its value.
    Tree.Block block(Spot at, ConfigObject object, Written written) {
        var fields = LinkedHashMap.<String, Tree>newLinkedHashMap(object.size());
        written.keys()
                .forEach(
                        (name, key) -> {
                            ConfigValue value = object.get(name);
                            if (value != null) fields.put(name, tree(key.at(), value, key));
                        });
        if (fields.size() < object.size())
            object.forEach(
                    (name, value) ->
                            fields.computeIfAbsent(
                                    name, _ -> unwritten(at.key(name, line(at, value)), value)));
        return new Tree.Block(at, fields);
    }

    private Tree.Listing listing(Spot at, ConfigList list, Written written) {
        var items = new ArrayList<Tree>(list.size());
        for (int i = 0; i < list.size(); i++) items.add(item(at, i, list.get(i), written));
        return new Tree.Listing(at, items);
    }

    private Tree item(Spot list, int index, ConfigValue value, Written written) {
        int line = line(list, value);
        // Of lists that are joined the scanner counts the items of each.
        if (index >= written.items().size()) return unwritten(list.item(index, line), value);
        Written item = written.items().get(index);
        return tree(item.at().onLine(line), value, item);
    }

    private int line(Spot parent, ConfigValue value) {
        return Math.max(parent.line(), firstLine - 1 + value.origin().lineNumber());
    }

    private Tree unwritten(Spot at, ConfigValue value) {
        return tree(at, value, new Written(at));
    }

    private Tree tree(Spot at, ConfigValue value, Written written) {
        return switch (value.valueType()) {
            case OBJECT -> block(at, (ConfigObject) value, written);
            case LIST -> listing(at, (ConfigList) value, written);
            case STRING -> scalar(at, Tree.Scalar.Kind.TEXT, value);
            case NUMBER -> scalar(at, Tree.Scalar.Kind.NUMBER, value);
            case BOOLEAN -> scalar(at, Tree.Scalar.Kind.TRUTH, value);
            case NULL -> new Tree.Scalar(at, Tree.Scalar.Kind.NOTHING, "null");
        };
    }

    private static Tree.Scalar scalar(Spot at, Tree.Scalar.Kind kind, ConfigValue value) {
        return new Tree.Scalar(at, kind, String.valueOf(value.unwrapped()));
    }
}
