package meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import meridian.config.source.HoconFile;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import org.junit.jupiter.api.Test;

/// The second look at a file: lines, order, and what is defined twice, in the odd corners of HOCON.
class HoconFileTest {

    private final Problems problems = new Problems();

    private Tree.Block read(String text) {
        return new HoconFile(problems).read(Path.of("f.conf"), text).orElseThrow();
    }

    private List<String> told(String text) {
        new HoconFile(problems).read(Path.of("f.conf"), text);
        return problems.toList().stream().map(Object::toString).toList();
    }

    private static Tree at(Tree tree, String... keys) {
        Tree at = tree;
        for (String key : keys)
            at = java.util.Objects.requireNonNull(((Tree.Block) at).fields().get(key), key);
        return at;
    }

    @Test
    void bracesWithoutEndAreAProblemAndNotTheEndOfTheProcess() {
        assertThat(told("a {".repeat(50_000)))
                .containsExactly("f.conf:1: has too many braces inside one another");
    }

    @Test
    void keysKeepTheirOrderAndKnowTheirLine() {
        Tree.Block root = read("z = 1\n\n# c = 3\nb { y = 2, x = 1 } // x\na.b.c =\n  7\n");
        assertThat(root.fields().sequencedKeySet()).containsExactly("z", "b", "a");
        assertThat(((Tree.Block) at(root, "b")).fields().sequencedKeySet())
                .containsExactly("y", "x");
        assertThat(at(root, "b", "x").at().line()).isEqualTo(4);
        assertThat(at(root, "a", "b", "c").at()).hasToString("f.conf:5");
    }

    @Test
    void aBlockMayBeginOnTheNextLine() {
        Tree.Block root = read("a\n{ b = 1 }\nc\n=\n2\nd = 3\n");
        assertThat(at(root, "a", "b").at()).hasToString("f.conf:2");
        assertThat(at(root, "c").at()).hasToString("f.conf:3");
        assertThat(at(root, "d").at()).hasToString("f.conf:6");
    }

    @Test
    void stringsAndCommentsHideBracesAndSigns() {
        Tree.Block root =
                read(
                        """
                        { s = "a } ${x} \\" # //", t = \"""one
                        { two\""", u = a/b # }
                          "k.l" : [ "]", { m = 1 } // ]
                          ]
                        v = 5 }
                        """);
        assertThat(problems.toList()).isEmpty();
        assertThat(root.fields().sequencedKeySet()).containsExactly("s", "t", "u", "k.l", "v");
        assertThat(at(root, "v").at()).hasToString("f.conf:5");
        Tree item = ((Tree.Listing) at(root, "k.l")).items().get(1);
        assertThat(at(item, "m").at().path()).isEqualTo("\"k.l\"[1].m");
    }

    @Test
    void sectionsMayBeContinuedAndThingsMayNot() {
        assertThat(told("s { a = 1 }\ns { b = 2 }\ns.c = 3\nt { x { y = 1 } }\n")).isEmpty();
        assertThat(told("s { a { x = 1 } } \ns { a { y = 2 } }\n")).hasSize(1);
    }

    @Test
    void joinedBlocksAreOneBlockWithNothingTwice() {
        assertThat(told("s { a = { x = 1 } { x = 2 } }\n"))
                .containsExactly(
                        "f.conf:1: s.a.x: is defined twice, first at f.conf:1;"
                                + " one definition in one place is accepted");
    }

    @Test
    void oneDuplicateIsToldOnceAndNotForAllThatIsInIt() {
        assertThat(told("s { a { x = 1, y = 2 } }\ns { a { x = 1, y = 2 } }\n")).hasSize(1);
    }

    @Test
    void aKeyOfOneThingMayBeWrittenInParts() {
        assertThat(told("s.a.x = 1\ns.a.y = 2\n")).isEmpty();
    }
}
