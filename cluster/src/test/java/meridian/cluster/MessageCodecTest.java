package meridian.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import meridian.cluster.MessageCodec.Opened;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Report;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.time.HybridTime;
import org.junit.jupiter.api.Test;

class MessageCodecTest {

    private final MessageCodec codec = new MessageCodec(Samples.KEYS);

    @Test
    void whatIsWrittenIsRead() {
        for (long seed = 0; seed < 2_000; seed++) {
            Message message = Samples.message(new Random(seed));
            assertThat(codec.open(codec.seal(message)))
                    .as("seed %d", seed)
                    .isEqualTo(new Opened.Authentic(message));
        }
    }

    /// Of the opinions that a vantage repeats, only those are read that are other than before.
    @Test
    void whatIsReadDoesNotDependOnWhatWasReadBefore() {
        for (long seed = 0; seed < 200; seed++) {
            var draw = new Random(seed);
            var opinions = new HashMap<WatchKey, Opinion>();
            for (int i = 0; i < 20; i++) {
                edit(opinions, draw);
                byte[] sealed = new MessageCodec(Samples.KEYS).seal(beat(i, opinions));
                assertThat(codec.open(sealed))
                        .as("message %d of seed %d", i, seed)
                        .isEqualTo(new Opened.Authentic(beat(i, opinions)));
            }
        }
    }

    @Test
    void opinionsThatAreRepeatedAreReadAsTheSameObject() {
        var opinions = new HashMap<WatchKey, Opinion>();
        for (int i = 0; i < 100; i++) opinions.put(new WatchKey(i), Samples.down(i));
        var first = reportIn(codec.open(codec.seal(beat(1, opinions))));
        var second = reportIn(codec.open(codec.seal(beat(2, opinions))));
        assertThat(second.opinions()).isSameAs(first.opinions());

        opinions.put(new WatchKey(3), new Opinion(Health.UP, new HybridTime(7, 0), ""));
        var third = reportIn(codec.open(codec.seal(beat(3, opinions))));
        assertThat(third.opinions().get(new WatchKey(4)))
                .isSameAs(first.opinions().get(new WatchKey(4)));
    }

    private static void edit(Map<WatchKey, Opinion> opinions, Random draw) {
        for (int edits = draw.nextInt(4); edits > 0; edits--) {
            var key = new WatchKey(draw.nextInt(12));
            String reason = draw.nextBoolean() ? "" : "status " + draw.nextInt(4);
            Health health = reason.isEmpty() ? Health.UP : Health.DOWN;
            if (draw.nextInt(8) == 0) opinions.remove(key);
            else opinions.put(key, new Opinion(health, new HybridTime(draw.nextInt(3), 0), reason));
        }
    }

    private static Message.Beat beat(long sequence, Map<WatchKey, Opinion> opinions) {
        var report = new Report(Samples.A, 1, sequence, false, opinions);
        var holdings =
                new Message.Holdings(
                        Map.of(), Set.of(), Digest.of(Intents.NONE), Digest.of(Map.of()));
        return new Message.Beat(HybridTime.ZERO, 0, "c", report, holdings);
    }

    private static Report reportIn(Opened opened) {
        if (opened instanceof Opened.Authentic(Message.Beat beat)) return beat.report();
        throw new AssertionError("no beat: " + opened);
    }

    @Test
    void everyFlippedBitIsSeen() {
        byte[] sealed = codec.seal(Samples.message(new Random(1)));
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(codec.open(flipped)).isEqualTo(new Opened.Refused(Refusal.FORGED));
        }
    }

    @Test
    void anotherKeyIsNotOurs() {
        var strangers = new MessageCodec(Samples.keys("some other key of enough bytes"));
        byte[] sealed = strangers.seal(Samples.message(new Random(1)));
        assertThat(codec.open(sealed)).isEqualTo(new Opened.Refused(Refusal.FORGED));
    }

    @Test
    void duringARotationBothKeysAreAcceptedAndTheFirstSigns() {
        var old = new MessageCodec(Samples.keys("the old key, long enough"));
        var both =
                new MessageCodec(
                        Samples.keys("the new key, long enough", "the old key, long enough"));
        var fresh = new MessageCodec(Samples.keys("the new key, long enough"));
        Message message = Samples.message(new Random(1));

        assertThat(both.open(old.seal(message))).isEqualTo(new Opened.Authentic(message));
        assertThat(both.open(fresh.seal(message))).isEqualTo(new Opened.Authentic(message));
        assertThat(fresh.open(both.seal(message))).isEqualTo(new Opened.Authentic(message));
        assertThat(old.open(both.seal(message))).isEqualTo(new Opened.Refused(Refusal.FORGED));
    }

    /// Whoever has the key is trusted, and may still be broken: whatever it signs, reading ends in
    /// an outcome.
    @Test
    void noSignedBytesMakeReadingThrow() {
        var draw = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            byte[] sealed = codec.seal(Samples.message(draw));
            byte[] body = Arrays.copyOf(sealed, sealed.length - ClusterKeys.SIGNATURE_BYTES);
            for (int j = 0; j < 10; j++) {
                Opened opened = codec.open(signed(mutated(body.clone(), draw)));
                assertThat(opened).as("message %d, mutant %d of seed 42", i, j).isNotNull();
            }
        }
    }

    /// A count of two thousand million, in a message of a few bytes.
    @Test
    void aCountThatCannotBeTrueAllocatesNothing() {
        var out = new ByteSink();
        out.raw(new byte[] {'M', 'B', 1, 2});
        out.node(Samples.A);
        out.mark(new Mark(1, 1));
        out.time(HybridTime.ZERO);
        out.i32(Integer.MAX_VALUE);
        assertThat(codec.open(signed(out.toBytes())))
                .isEqualTo(new Opened.Refused(Refusal.MALFORMED));
    }

    @Test
    void messagesOfALaterFormatAreToldApartFromBrokenOnes() {
        assertThat(codec.open(signed(new byte[] {'M', 'B', 2, 1, 7})))
                .isEqualTo(new Opened.Refused(Refusal.OTHER_VERSION));
        assertThat(codec.open(signed(new byte[] {'M', 'B', 1, 9})))
                .isEqualTo(new Opened.Refused(Refusal.MALFORMED));
        assertThat(codec.open(signed(new byte[] {'M'})))
                .isEqualTo(new Opened.Refused(Refusal.MALFORMED));
        assertThat(codec.open(new byte[0])).isEqualTo(new Opened.Refused(Refusal.FORGED));
        assertThat(codec.open(new byte[MessageCodec.MAX_BYTES + 1]))
                .isEqualTo(new Opened.Refused(Refusal.TOO_LARGE));
    }

    /// The largest fleet that is meant: 5,000 endpoints, all down, each for a reason of its own.
    @Test
    void fiveThousandEndpointsFitWhateverIsWrongWithThem() {
        var opinions = new HashMap<WatchKey, Opinion>();
        for (int i = 0; i < 5_000; i++) {
            String reason = (i + " € ").repeat(40);
            opinions.put(new WatchKey(i), new Opinion(Health.DOWN, new HybridTime(i, 0), reason));
        }
        var report = new Report(Samples.A, 1, 1, false, opinions);
        var holdings =
                new Message.Holdings(
                        Map.of(), Set.of(), Digest.of(Intents.NONE), Digest.of(Map.of()));
        byte[] sealed = codec.seal(new Message.Beat(HybridTime.ZERO, 0, "c", report, holdings));

        assertThat(sealed.length).isLessThan(1 << 20);
        assertThat(codec.open(sealed)).isInstanceOf(Opened.Authentic.class);
    }

    @Test
    void aShortKeyIsRefusedWithTheWayToABetterOne() {
        assertThatThrownBy(() -> Samples.keys("secret"))
                .hasMessage(
                        "the cluster key has 6 bytes; 16 or more are accepted"
                                + " (openssl rand -hex 32)");
    }

    private static byte[] signed(byte[] body) {
        byte[] signature = Samples.KEYS.sign(ByteBuffer.wrap(body));
        byte[] message = Arrays.copyOf(body, body.length + signature.length);
        System.arraycopy(signature, 0, message, body.length, signature.length);
        return message;
    }

    private static byte[] mutated(byte[] body, Random draw) {
        byte[] mutated =
                draw.nextInt(4) == 0 ? Arrays.copyOf(body, draw.nextInt(body.length)) : body;
        for (int i = draw.nextInt(4); i > 0 && mutated.length > 3; i--) {
            // Behind the version, so that there is something to read.
            int at = 3 + draw.nextInt(mutated.length - 3);
            mutated[at] = (byte) (draw.nextBoolean() ? 0xff : draw.nextInt());
        }
        return mutated;
    }
}
