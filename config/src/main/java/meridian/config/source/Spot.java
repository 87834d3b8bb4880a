package meridian.config.source;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where something is written. Each knows what it stands in and its last step from there: of a
/// hundred thousand services most paths are never asked for.
///
/// @param line from 1; or [#NO_LINE]
/// @param step a key, in quotes where HOCON needs them, or the index of an item in brackets; where
///   it stands in nothing, all of its path
public record Spot(Path file, int line, @Nullable Spot parent, String step) {

    /// Of a file as a whole, such as one that does not exist.
    public static final int NO_LINE = 0;

    /// What most lists have.
    private static final String FIRST = "[0]";

    /// @param path empty for a file as a whole
    public Spot(Path file, int line, String path) {
        this(file, line, null, path);
    }

    /// A key in what stands here.
    Spot key(String key, int line) {
        return new Spot(file, line, this, isPlain(key) ? key : "\"" + key + "\"");
    }

    /// An item of the list that stands here.
    Spot item(int index, int line) {
        return new Spot(file, line, this, index == 0 ? FIRST : "[" + index + "]");
    }

    /// The same where it is written again.
    Spot onLine(int line) {
        return line == this.line ? this : new Spot(file, line, parent, step);
    }

    private static boolean isPlain(String key) {
        for (int i = 0; i < key.length(); i++) if (!isPlain(key.charAt(i))) return false;
        return !key.isEmpty();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_';
    }

    /// The key with its parents, as in `services.shop.steer[1].to[0]`; empty for a file as a whole.
    public String path() {
        String above = parent == null ? "" : parent.path();
        return above.isEmpty() || step.startsWith("[") ? above + step : above + "." + step;
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
