package meridian.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ZoneKeysTest {

    private static final SigningKey BASE = TestKeys.ED25519;

    @Test
    void oneKeyAloneSignsEverything() {
        var keys = new ZoneKeys(BASE.zone(), List.of(BASE));
        assertThat(keys.entries(at(0))).containsExactly(BASE);
        assertThat(keys.signers(at(0))).containsExactly(BASE);
    }

    @Test
    void aZoneKeyAloneIsRefused() {
        SigningKey zsk = key(256, KeyTiming.ALWAYS);
        assertThatThrownBy(() -> new ZoneKeys(BASE.zone(), List.of(zsk)))
                .hasMessageContaining("none with flags 257");
    }

    /// RFC 6840 §5.11.
    @Test
    void eachAlgorithmSignsEverything() {
        SigningKey zsk = key(256, KeyTiming.ALWAYS);
        var keys = new ZoneKeys(BASE.zone(), List.of(BASE, zsk, TestKeys.ECDSA));
        assertThat(keys.entries(at(0))).containsExactly(BASE, TestKeys.ECDSA);
        assertThat(keys.signers(at(0))).containsExactly(zsk, TestKeys.ECDSA);
    }

    @Test
    void aZoneKeyIsPublishedBeforeItSignsAndAfter() {
        SigningKey one = key(256, timing(0, 0, 20, 30));
        SigningKey next = key(256, timing(10, 20, 90, 95));
        var keys = new ZoneKeys(BASE.zone(), List.of(BASE, one, next));
        assertThat(keys.published(at(5))).containsExactly(BASE, one);
        assertThat(keys.published(at(15))).containsExactly(BASE, one, next);
        assertThat(keys.signers(at(15))).containsExactly(one);
        assertThat(keys.signers(at(20))).containsExactly(next);
        assertThat(keys.published(at(25))).containsExactly(BASE, one, next);
        assertThat(keys.published(at(30))).containsExactly(BASE, next);
    }

    @Test
    void twoEntriesSignTheKeysWhileTheParentMayNameEither() {
        SigningKey one = key(257, timing(0, 0, 20, 20));
        SigningKey next = key(257, timing(10, 10, 90, 95));
        SigningKey zsk = key(256, KeyTiming.ALWAYS);
        var keys = new ZoneKeys(BASE.zone(), List.of(one, next, zsk));
        assertThat(keys.entries(at(15))).containsExactly(one, next);
        assertThat(keys.entries(at(20))).containsExactly(next);
        assertThat(keys.signers(at(15))).containsExactly(zsk);
    }

    @Test
    void theParentIsAskedForAnEntryBetweenItsTwoMomentsAndForNoOther() {
        SigningKey asked = key(257, synced(10, 20));
        SigningKey always = key(257, KeyTiming.ALWAYS);
        SigningKey zsk = key(256, synced(10, 20));
        var keys = new ZoneKeys(BASE.zone(), List.of(asked, always, zsk));
        assertThat(keys.synced(at(9))).isEmpty();
        assertThat(keys.synced(at(10))).containsExactly(asked);
        assertThat(keys.synced(at(20))).isEmpty();
    }

    @Test
    void aZoneWhoseKeysAreAllPastIsSignedStill() {
        var keys = new ZoneKeys(BASE.zone(), List.of(key(257, timing(0, 0, 20, 30))));
        assertThat(keys.isComplete(at(40))).isFalse();
        assertThat(keys.signers(at(40))).hasSize(1);
        assertThat(keys.published(at(40))).hasSize(1);
    }

    @Test
    void theNextChangeIsTheEarliestOfAllKeys() {
        var keys =
                new ZoneKeys(
                        BASE.zone(),
                        List.of(key(257, timing(0, 0, 50, 60)), key(256, timing(0, 40, 70, 80))));
        assertThat(keys.next(at(0))).contains(at(40));
        assertThat(keys.next(at(80))).isEmpty();
    }

    private static SigningKey key(int flags, KeyTiming timing) {
        return new SigningKey(
                BASE.zone(), flags, BASE.algorithm(), BASE.publicKey(), BASE.privateKey(), timing);
    }

    private static KeyTiming timing(int publish, int activate, int inactive, int delete) {
        return new KeyTiming(
                Optional.of(at(publish)),
                Optional.of(at(activate)),
                Optional.of(at(inactive)),
                Optional.of(at(delete)),
                Optional.empty(),
                Optional.empty());
    }

    private static KeyTiming synced(int publish, int delete) {
        return new KeyTiming(
                Optional.of(at(0)),
                Optional.of(at(0)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(at(publish)),
                Optional.of(at(delete)));
    }

    private static Instant at(int second) {
        return Instant.ofEpochSecond(second);
    }
}
