package meridian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.config.ConfigOutcome;
import meridian.config.ConfigReader;
import meridian.node.SourceTree.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The documents say what is so: the tests that they name exist, the configurations that they show
/// are accepted, and the code that they show is in the tree.
///
/// ````
/// ```java                  lines as they stand in some source, at whatever margin
/// ```hocon                 a whole configuration
/// ```zone example.com.zone a file beside each configuration of the page
/// ````
class DocumentsTest {

    private static final List<Source> SOURCES = SourceTree.sources();

    private static final Pattern NAMED_TEST =
            Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`");

    private static final Pattern NAMED_GOLDEN = Pattern.compile("`(golden/[\\w/-]+\\.txt)`");

    private static final Pattern FENCE =
            Pattern.compile("(?ms)^```(java|hocon|zone) *(\\S*)\n(.*?)^```$");

    private static final Map<String, String> ENVIRONMENT =
            Map.of("MERIDIAN_CLUSTER_KEY", "0123456789abcdef0123456789abcdef");

    @TempDir private Path folder;

    @Test
    void testsThatAreNamedExist() {
        assertThat(named(NAMED_TEST).filter(named -> !exists(named))).isEmpty();
    }

    @Test
    void goldenFilesThatAreNamedExist() {
        Set<String> golden =
                SOURCES.stream()
                        .map(source -> source.path().replaceFirst(".*/(?=golden/)", ""))
                        .collect(Collectors.toSet());
        assertThat(named(NAMED_GOLDEN).map(named -> named.where().group(1))).isSubsetOf(golden);
    }

    @Test
    void codeThatIsShownIsInTheTree() {
        List<String> sources =
                SOURCES.stream()
                        .filter(Source::isMain)
                        .map(source -> withoutMargin(source.text()))
                        .toList();
        assertThat(markdown().flatMap(page -> fences(page, "java").stream()))
                .extracting(fence -> withoutMargin(fence.group(3)))
                .allSatisfy(code -> assertThat(sources).anyMatch(source -> source.contains(code)));
    }

    private static String withoutMargin(String code) {
        return code.replaceAll("(?m)^ +", "");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void configurationsThatAreShownAreAccepted(Source page, String text) throws IOException {
        for (MatchResult fence : fences(page, "zone"))
            Files.writeString(folder.resolve(fence.group(2)), fence.group(3));
        Path file = Files.writeString(folder.resolve("meridian.conf"), text);
        List<?> problems =
                switch (new ConfigReader(ENVIRONMENT).read(file)) {
                    case ConfigOutcome.Accepted(_, var warnings) -> warnings;
                    case ConfigOutcome.Refused(var all, _) -> all;
                };
        assertThat(problems).as(page.path()).isEmpty();
    }

    static Stream<Arguments> configurations() {
        return markdown()
                .flatMap(
                        page ->
                                fences(page, "hocon").stream()
                                        .map(fence -> Arguments.of(page, fence.group(3))));
    }

    private record Named(String page, MatchResult where) {

        @Override
        public String toString() {
            return page + " names " + where.group();
        }
    }

    private static Stream<Named> named(Pattern pattern) {
        return markdown()
                .flatMap(
                        page ->
                                pattern.matcher(page.text())
                                        .results()
                                        .map(found -> new Named(page.path(), found)));
    }

    private static boolean exists(Named named) {
        String file = "/" + named.where().group(1) + ".java";
        String method = named.where().group(2);
        return SOURCES.stream()
                .filter(source -> source.isTest() && source.path().endsWith(file))
                .anyMatch(source -> method == null || source.text().contains(" " + method + "("));
    }

    private static List<MatchResult> fences(Source page, String language) {
        return FENCE.matcher(page.text() + "\n")
                .results()
                .filter(fence -> fence.group(1).equals(language))
                .toList();
    }

    private static Stream<Source> markdown() {
        return SOURCES.stream().filter(source -> source.path().endsWith(".md"));
    }
}
