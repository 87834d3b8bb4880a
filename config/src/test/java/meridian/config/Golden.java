package meridian.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A file of cases that can be reviewed without Java: the title of each, the files that are read,
/// and the problems that are told, word for word.
///
/// With `./meridian test --update-golden` the problems are written instead of compared: read the
/// diff.
final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    /// @param files their content by their name
    record Case(String title, Map<String, String> files, List<String> problems) {

        /// What the case is named in a test report.
        @Override
        public String toString() {
            return title;
        }

        Case with(List<String> other) {
            return new Case(title, files, other);
        }

        private String toText() {
            var text = new StringBuilder("=== " + title + "\n");
            files.forEach(
                    (name, content) -> text.append("--- file " + name + "\n").append(content));
            text.append("--- problems\n");
            problems.forEach(line -> text.append(line).append('\n'));
            return text.toString();
        }
    }

    private Golden() {}

    static boolean isUpdated() {
        return System.getProperty("meridian.golden", "").equals("update");
    }

    static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Case> cases(String name) {
        var cases = new ArrayList<Case>();
        for (String text : text(name).split("(?m)^=== ", -1))
            if (!text.isBlank()) cases.add(parse(text));
        return cases;
    }

    private static Case parse(String text) {
        String[] parts = text.split("(?m)^--- ", -1);
        var files = new LinkedHashMap<String, String>();
        for (int i = 1; i < parts.length - 1; i++) {
            String[] file = parts[i].split("\n", 2);
            files.put(file[0].substring("file ".length()), file[1]);
        }
        List<String> problems =
                parts[parts.length - 1].lines().skip(1).filter(line -> !line.isBlank()).toList();
        return new Case(parts[0].strip(), files, problems);
    }

    static void write(String name, List<Case> cases) throws IOException {
        String text = cases.stream().map(Case::toText).collect(Collectors.joining("\n"));
        Files.writeString(FOLDER.resolve(name), text);
    }
}
