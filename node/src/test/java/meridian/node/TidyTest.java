package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.node.SourceTree.Source;
import org.junit.jupiter.api.Test;

/// What a reader relies on besides the code: that packages say what they are for, links lead
/// somewhere, and commands in the README exist.
class TidyTest {

    private static final List<Source> SOURCES = SourceTree.sources();

    private static final int LONGEST_FILE = 400;
    private static final int WIDEST_COMMENT = 120;

    /// `[text](target)`; a title after the target is allowed.
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern COMMAND = Pattern.compile("\\./meridian +([a-z][a-z-]*)");

    /// Assembled, so that this file does not break its own rules.
    private static final Pattern BARE_NOTE =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

    private static final Pattern SOMEONES_MACHINE =
            Pattern.compile(
                    "(?<![\\w.$}~*<-])/(w"
                            + "ork|ro"
                            + "ot|ho"
                            + "me/\\w+|tm"
                            + "p/wt)(/|\\b(?![-.\\w]))");

    private static final Pattern SLEEP =
            Pattern.compile("\\bsle" + "ep\\(|\\bsleepUntil\\(Duration");
    private static final Pattern MOCK =
            Pattern.compile("org\\.mock" + "ito|org\\.easy" + "mock|@Mo" + "ck\\b|\\bmo" + "ck\\(");

    @Test
    void everyPackageSaysWhatItIsForAndThatNothingIsNull() {
        Set<String> packages =
                SOURCES.stream()
                        .filter(Source::isMain)
                        .filter(Source::isJava)
                        .map(source -> source.path().replaceFirst("[^/]*$", ""))
                        .collect(Collectors.toSet());
        Set<String> described =
                SOURCES.stream()
                        .filter(source -> source.path().endsWith("/package-info.java"))
                        .filter(source -> source.text().contains("///"))
                        .filter(source -> source.text().contains("@NullMarked"))
                        .map(source -> source.path().replaceFirst("[^/]*$", ""))
                        .collect(Collectors.toSet());
        assertThat(described).containsAll(packages);
    }

    @Test
    void linksLeadSomewhere() {
        assertThat(markdown().flatMap(TidyTest::brokenLinks)).isEmpty();
    }

    private static Stream<String> brokenLinks(Source page) {
        return LINK.matcher(FENCE.matcher(page.text()).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .filter(target -> !leadsSomewhere(page, target))
                .map(target -> page.path() + " links to " + target);
    }

    private static boolean leadsSomewhere(Source page, String target) {
        String[] parts = target.split("#", 2);
        Path file = SourceTree.ROOT.resolve(page.path());
        Path aim = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
        if (!Files.exists(aim)) return false;
        return parts.length == 1
                || !aim.toString().endsWith(".md")
                || anchors(aim).contains(parts[1]);
    }

    private static Set<String> anchors(Path page) {
        String path = SourceTree.ROOT.relativize(page).toString();
        return SOURCES.stream()
                .filter(source -> source.path().equals(path))
                .flatMap(source -> HEADING.matcher(source.text()).results())
                .map(heading -> anchor(heading.group(1)))
                .collect(Collectors.toSet());
    }

    /// As GitHub makes it: lower case, spaces become hyphens, other punctuation goes.
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }

    @Test
    void decisionsAreNumberedWithoutGaps() {
        List<Integer> numbers =
                SOURCES.stream()
                        .map(Source::path)
                        .filter(path -> path.matches("docs/decisions/\\d{4}-[a-z0-9-]+\\.md"))
                        .map(path -> Integer.valueOf(path.substring(15, 19)))
                        .sorted()
                        .toList();
        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void nothingIsLeftToBeDone() {
        assertThat(linesWith(BARE_NOTE, source -> true)).isEmpty();
    }

    @Test
    void nothingNamesSomeonesMachine() {
        assertThat(linesWith(SOMEONES_MACHINE, source -> true)).isEmpty();
    }

    @Test
    void noTestSleeps() {
        assertThat(linesWith(SLEEP, source -> source.isTest() && source.isJava())).isEmpty();
    }

    @Test
    void noTestMocks() {
        assertThat(linesWith(MOCK, source -> source.isTest() && source.isJava())).isEmpty();
    }

    @Test
    void filesAreShortEnoughToRead() {
        assertThat(SOURCES)
                .filteredOn(Source::isJava)
                .filteredOn(source -> source.lines().size() > LONGEST_FILE)
                .extracting(source -> source.path() + " has " + source.lines().size() + " lines")
                .isEmpty();
    }

    /// The formatter wraps code at 100 columns, and leaves comments to us: a table may be wider.
    @Test
    void commentsFitThePage() {
        assertThat(
                        linesWith(
                                Pattern.compile("^(?=.{" + (WIDEST_COMMENT + 1) + "}) *//"),
                                Source::isJava))
                .isEmpty();
    }

    @Test
    void commandsInTheReadmeExist() {
        var known = new HashSet<>(Main.commandLine().getSubcommands().keySet());
        known.addAll(List.of("test", "format", "bench"));
        assertThat(commandsIn("README.md")).isSubsetOf(known);
    }

    private static Collection<String> commandsIn(String path) {
        return SOURCES.stream()
                .filter(source -> source.path().equals(path))
                .flatMap(source -> FENCE.matcher(source.text()).results())
                .map(MatchResult::group)
                .flatMap(fence -> COMMAND.matcher(fence).results())
                .map(command -> command.group(1))
                .collect(Collectors.toSet());
    }

    private static Stream<Source> markdown() {
        return SOURCES.stream().filter(source -> source.path().endsWith(".md"));
    }

    private static List<String> linesWith(Pattern pattern, Predicate<Source> where) {
        var found = new ArrayList<String>();
        for (Source source : SOURCES) {
            if (!where.test(source)) continue;
            for (int i = 0; i < source.lines().size(); i++) {
                if (pattern.matcher(source.lines().get(i)).find())
                    found.add(source.path() + ":" + (i + 1) + ": " + source.lines().get(i).strip());
            }
        }
        return found;
    }
}
