package meridian.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A file that is read in pieces says what it says.
class PieceTest {

    private static final Path FILE = Path.of("f.conf");
    private static final String TYPED = "{}[]\"=:,.#$+%- \n*a0\\/";
    private static final int ROUNDS = Integer.getInteger("meridian.rounds", 100);

    /// In the odd corners of HOCON.
    private static final String ODD =
            """
            # a { comment
            services {
              a { x = "} {" } // {
              # b
              b = { y = \"""
                }
              { \""" }
              c = { z = 1 } { w = [{ v = 2 }
                { v = 3 } ] } # }

              d.e { f = 1 }
              "d.f" { g = 1 }
              d.h = 2
            }
            regions : {
              use { location = [1, 2] }
            }, zones = { "a.b" { file = x }
              "c.d" { file = y }
            }
            services.g.h { i = 1 }
            services.g.k { i = 1 }
            services {
              l
              { m = 1 }
              n { o = 1 }
              , p { q = 1 }
            }
            list = [ { a = 1 }
              { b = 1 }
            ]
            data-directory = data
            """;

    /// What a file says, a value or a problem a line.
    private static List<String> told(String text, int atOnce) {
        var problems = new Problems();
        Optional<Tree.Block> tree = new HoconFile(problems, atOnce).read(FILE, text);
        var lines = new ArrayList<String>();
        tree.ifPresent(it -> tell(it, lines));
        for (ConfigProblem problem : problems.toList()) lines.add(problem.toString());
        return lines;
    }

    private static void tell(Tree tree, List<String> lines) {
        lines.add(tree.at() + " " + tree.at().path() + ": " + tree.kind());
        switch (tree) {
            case Tree.Block(_, var fields) -> fields.values().forEach(it -> tell(it, lines));
            case Tree.Listing(_, var items) -> items.forEach(it -> tell(it, lines));
            case Tree.Scalar _ -> {}
        }
    }

    private static List<String> whole(String text) {
        return told(text, Integer.MAX_VALUE);
    }

    @Test
    void oddCornersSayInPiecesWhatTheySayAtOnce() {
        assertThat(whole(ODD)).hasSizeGreaterThan(40);
        assertThat(Piece.of(ODD, 1)).hasSizeGreaterThan(9);
        for (int length = 1; length < ODD.length(); length++)
            assertThat(told(ODD, length)).as("pieces of %d", length).isEqualTo(whole(ODD));
    }

    @Test
    void aPieceIsAFileByItself() {
        String text = "services {\n  a { x = 1 }\n  b { x = 1 }\n}\nregions { c { x = 1 } }\n";
        assertThat(Piece.of(text, 1))
                .extracting(Piece::text, Piece::line)
                .containsExactly(
                        tuple("services {\n  a { x = 1 }\n}", 1),
                        tuple("services {  b { x = 1 }\n}", 3),
                        tuple("services {}\n", 4),
                        tuple("regions { c { x = 1 } }\n", 5),
                        tuple("", 6));
    }

    @Test
    void aSecondDefinitionInAnotherPieceIsTold() {
        String text = "s {\n a { x = 1 }\n b { x = 1 }\n a { x = 2 }\n}\n";
        assertThat(told(text, 1))
                .contains(
                        "f.conf:4: s.a: is defined twice, first at f.conf:2;"
                                + " one definition in one place is accepted");
    }

    @Test
    void whatIsWrongIsToldOfTheWholeFile() {
        String text = "s {\n a { x = 1 }\n b { x = } }\n c { x = 2 }\n}\n";
        assertThat(told(text, 1)).isEqualTo(whole(text)).hasSize(1);
    }

    @Test
    void whateverIsTypedPiecesSayWhatTheWholeSays() throws IOException {
        String text = Files.readString(Path.of("src/main/resources/reference.conf"));
        assertThat(told(text, 1)).isEqualTo(whole(text));
        long seed = Long.getLong("meridian.seed", 1L);
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String mutant = mutated(random.nextBoolean() ? text : ODD, random);
            int length = 1 + random.nextInt(100);
            List<String> inPieces = told(mutant, length);
            List<String> atOnce = whole(mutant);
            // Where it is not well-formed, what is wrong before that has been told too.
            if (atOnce.getFirst().contains("is not valid HOCON"))
                inPieces.removeIf(told -> !told.contains("is not valid HOCON"));
            assertThat(inPieces)
                    .as("seed %d, round %d", seed, round)
                    .containsExactlyInAnyOrderElementsOf(atOnce);
        }
    }

    private static String mutated(String text, Random random) {
        var mutant = new StringBuilder(text);
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(mutant.length());
            char typed = TYPED.charAt(random.nextInt(TYPED.length()));
            switch (random.nextInt(3)) {
                case 0 -> mutant.deleteCharAt(at);
                case 1 -> mutant.insert(at, typed);
                default -> mutant.setCharAt(at, typed);
            }
        }
        return mutant.toString();
    }
}
