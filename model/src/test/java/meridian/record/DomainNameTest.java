package meridian.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    private static final String LABEL = "a".repeat(63);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    www.example.com         | www.example.com.
                    www.example.com.        | www.example.com.
                    .                       | .
                    *.Example.COM           | *.Example.COM.
                    a\\.b.example           | a\\.b.example.
                    a\\032b.example         | a\\032b.example.
                    \\065bc.example         | Abc.example.
                    a\\ b.example           | a\\032b.example.
                    \\200\\000\\255.example | \\200\\000\\255.example.
                    \\\\1.example           | \\\\1.example.
                    _dmarc.example          | _dmarc.example.
                    """)
    void theTextOfANameIsReadAndWritten(String text, String written) {
        assertThat(DomainName.of(text)).hasToString(written);
    }

    /// What is wrong is said with the text that has it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''              | is empty; the root is written "."
                    a..example      | has an empty label
                    .example        | has an empty label
                    a.example..     | has an empty label
                    a\\             | ends in a lone backslash
                    a\\256.example  | has \\256, and no octet is above \\255
                    a\\12.example   | has a backslash before 1 or 2 digits
                    a\\1b.example   | has a backslash before 1 or 2 digits
                    a b.example     | has a character that needs an escape
                    bücher.example  | has a character that needs an escape
                    \\ü.example     | has a character that needs an escape
                    \\あ.example    | has a character that needs an escape
                    """)
    void whatIsNoNameIsRefused(String text, String wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainName.of(text))
                .withMessageContaining("\"" + text + "\" " + wrong);
    }

    @Test
    void aLabelOf63OctetsIsTheLongest() {
        assertThat(DomainName.of(LABEL + ".example").labelCount()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainName.of(LABEL + "a.example"))
                .withMessageContaining("has a label longer than 63 octets");
    }

    @Test
    void aNameOf255OctetsIsTheLongest() {
        String longest = String.join(".", LABEL, LABEL, LABEL, "a".repeat(61));
        assertThat(DomainName.of(longest).wireLength()).isEqualTo(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainName.of(longest + "a"))
                .withMessageContaining("is longer than 255 octets");
        assertThatIllegalArgumentException().isThrownBy(() -> DomainName.of(longest).wildcard());
    }

    @Test
    void whateverIsWrittenIsReadAsTheSameName() {
        for (int seed = 0; seed < 2_000; seed++) {
            DomainName name = randomName(new Random(seed));
            assertThat(DomainName.of(name.toString()).toWire())
                    .as("seed %d, %s", seed, name)
                    .isEqualTo(name.toWire());
        }
    }

    @Test
    void namesAreEqualWhateverTheCaseOfTheirLetters() {
        DomainName lower = DomainName.of("www.example.com");
        DomainName upper = DomainName.of("WWW.eXample.COM");
        assertThat(upper).isEqualTo(lower).hasSameHashCodeAs(lower).isEqualByComparingTo(lower);
        assertThat(upper).hasToString("WWW.eXample.COM.");
        assertThat(DomainName.of("[.example")).isNotEqualTo(DomainName.of("{.example"));
    }

    /// The example of RFC 4034 §6.1.
    @Test
    void theOrderIsTheCanonicalOne() {
        List<DomainName> sorted =
                Stream.of(
                                "example",
                                "a.example",
                                "yljkjljk.a.example",
                                "Z.a.example",
                                "zABC.a.EXAMPLE",
                                "z.example",
                                "\\001.z.example",
                                "*.z.example",
                                "\\200.z.example")
                        .map(DomainName::of)
                        .toList();
        for (int seed = 0; seed < 20; seed++) {
            var shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(shuffled.stream().sorted().toList()).isEqualTo(sorted);
        }
    }

    @Test
    void theOrderAgreesWithEquality() {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            DomainName one = randomName(random);
            DomainName other = random.nextInt(3) == 0 ? flippedCase(one) : randomName(random);
            assertThat(one.compareTo(other) == 0).as("seed %d", seed).isEqualTo(one.equals(other));
            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(-Integer.signum(other.compareTo(one)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    www.example.com, example.com,     true
                    www.example.com, EXAMPLE.com,     true
                    example.com,     example.com,     true
                    example.com,     .,               true
                    anexample.com,   example.com,     false
                    com,             example.com,     false
                    a.b.example.net, example.com,     false
                    x\\007example.com, example.com,   false
                    """)
    void aNameIsAtOrBelowAnotherOnlyAtALabel(String name, String ancestor, boolean expected) {
        DomainName below = DomainName.of(name);
        DomainName above = DomainName.of(ancestor);
        assertThat(below.isAtOrBelow(above)).isEqualTo(expected);
        assertThat(below.isBelow(above)).isEqualTo(expected && !below.equals(above));
    }

    @Test
    void suffixesGoUpToTheRootAndNoFurther() {
        DomainName name = DomainName.of("www.example.com");
        assertThat(name.suffix(0)).isEqualTo(name);
        assertThat(name.suffix(2)).isEqualTo(DomainName.of("com"));
        assertThat(name.suffix(3)).isSameAs(DomainName.ROOT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> name.suffix(4))
                .withMessage("www.example.com. has no 4 labels to leave out");
        assertThatIllegalArgumentException().isThrownBy(() -> DomainName.ROOT.suffix(1));
        assertThatThrownBy(DomainName.ROOT::parent).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDnameMovesWhatIsBelowItAndNotItsOwner() {
        DomainName from = DomainName.of("old.example");
        DomainName to = DomainName.of("new.example.net");
        assertThat(DomainName.of("a.b.OLD.example").withSuffix(from, to))
                .hasToString("a.b.new.example.net.");
        assertThat(DomainName.of("a.old.example").withSuffix(from, DomainName.ROOT))
                .hasToString("a.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> from.withSuffix(from, to))
                .withMessage("old.example. is not below old.example.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainName.of("xold.example").withSuffix(from, to));
    }

    @Test
    void wireOctetsAreOneWholeNameOrRefused() {
        byte[] wire = DomainName.of("www.example").toWire();
        assertThat(DomainName.ofWire(wire, 0, wire.length)).hasToString("www.example.");
        assertThat(DomainName.ofWire(wire, 4, wire.length - 4)).hasToString("example.");
        assertThat(DomainName.ofWire(new byte[] {0}, 0, 1)).isSameAs(DomainName.ROOT);
        for (int length = 0; length < wire.length; length++) {
            int cut = length;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DomainName.ofWire(wire, 0, cut))
                    .withMessage("these " + cut + " octets are not one domain name");
        }
    }

    @Test
    void octetsBehindTheEndOfAnArrayAreNotTakenForARoot() {
        byte[] rootless = {3, 'w', 'w', 'w'};
        assertThatThrownBy(() -> DomainName.ofWire(rootless, 0, 5))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 127, 128, 192, 255})
    void aPointerOrAnUnknownKindOfLabelIsRefused(int length) {
        byte[] wire = new byte[258];
        wire[0] = (byte) length;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainName.ofWire(wire, 0, length + 2))
                .withMessage("no label can be " + length + " octets long");
    }

    @Test
    void noOctetsMakeReadingThemThrowAnythingElse() {
        for (int seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            byte[] wire = new byte[random.nextInt(20)];
            for (int i = 0; i < wire.length; i++) wire[i] = (byte) (random.nextInt(8) - 1);
            try {
                DomainName name = DomainName.ofWire(wire, 0, wire.length);
                assertThat(name.toWire()).isEqualTo(wire);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).as("seed %d", seed).hasMessageContaining("octets");
            }
        }
    }

    @Test
    void onlyALoneAsteriskMakesAWildcard() {
        assertThat(DomainName.of("*.example").isWildcard()).isTrue();
        assertThat(DomainName.of("\\042.example").isWildcard()).isTrue();
        assertThat(DomainName.of("**.example").isWildcard()).isFalse();
        assertThat(DomainName.of("a.*.example").isWildcard()).isFalse();
        assertThat(DomainName.ROOT.isWildcard()).isFalse();
        assertThat(DomainName.of("example").wildcard()).isEqualTo(DomainName.of("*.example"));
    }

    private static DomainName randomName(Random random) {
        var wire = new byte[255];
        int at = 0;
        for (int labels = random.nextInt(4); labels > 0; labels--) {
            int length = 1 + random.nextInt(3);
            wire[at++] = (byte) length;
            for (int i = 0; i < length; i++) wire[at++] = (byte) random.nextInt(256);
        }
        return DomainName.ofWire(Arrays.copyOf(wire, at + 1), 0, at + 1);
    }

    private static DomainName flippedCase(DomainName name) {
        byte[] wire = name.toWire();
        for (int i = 0; i < wire.length; i++) {
            if (Character.isLetter(wire[i]) && wire[i] > 0) wire[i] ^= 0x20;
        }
        return DomainName.ofWire(wire, 0, wire.length);
    }
}
