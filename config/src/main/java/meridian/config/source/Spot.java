package meridian.config.source;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where something is written.
///
/// @param line from 1; or [#NO_LINE]
/// @param path the key with its parents, as in `services.shop.steer[1].to[0]`; empty for a file as
///   a whole
public record Spot(Path file, int line, String path) {

    /// Of a file as a whole, such as one that does not exist.
    public static final int NO_LINE = 0;

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]+");

    /// The path of `key` under the path of its parent, with quotes where HOCON needs them.
    public static String child(String parent, String key) {
        String name = PLAIN_KEY.matcher(key).matches() ? key : "\"" + key + "\"";
        return parent.isEmpty() ? name : parent + "." + name;
    }

    /// The path of an item of a list.
    public static String item(String list, int index) {
        return list + "[" + index + "]";
    }

    /// The file that `text` names: relative names start from the folder of the file that says so.
    public Path resolve(String text) {
        return file.resolveSibling(text);
    }

    /// `FILE:LINE`, as compilers and editors write it.
    @Override
    public String toString() {
        return line == NO_LINE ? file.toString() : file + ":" + line;
    }
}
