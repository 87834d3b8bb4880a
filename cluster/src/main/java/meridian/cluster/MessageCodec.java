package meridian.cluster;

import java.util.Optional;
import java.util.Set;
import meridian.cluster.Message.Beat;
import meridian.cluster.Message.Contents;
import meridian.cluster.Message.Holdings;
import meridian.cluster.Message.Supplement;
import meridian.time.HybridTime;

/// Messages as bytes:
///
/// | bytes | meaning |
/// |---|---|
/// | 2 | `MB` |
/// | 1 | version of the format |
/// | 1 | kind: 1 a beat, 2 a supplement |
/// | n | the message |
/// | 32 | HMAC-SHA-256 over everything before, with the cluster key |
///
/// The signature is verified before anything else is read. Reading never throws, whatever the bytes
/// are, and never allocates for more than they hold.
public class MessageCodec {

    static final int MAX_BYTES = 4 << 20;

    private static final int VERSION = 1;
    private static final int BEAT = 1;
    private static final int SUPPLEMENT = 2;
    private static final int HEADER_BYTES = 4;

    private final ClusterKeys keys;
    private final KnownOpinions known = new KnownOpinions();

    public MessageCodec(ClusterKeys keys) {
        this.keys = keys;
    }

    /// What bytes turned out to be.
    sealed interface Opened {
        record Authentic(Message message) implements Opened {}

        record Refused(Refusal refusal) implements Opened {}
    }

    byte[] seal(Message message) {
        var out = new ByteSink();
        out.u8('M');
        out.u8('B');
        out.u8(VERSION);
        switch (message) {
            case Beat beat -> write(beat, out);
            case Supplement supplement -> write(supplement, out);
        }
        out.raw(keys.sign(out.written()));
        return withinLimit(out.toBytes());
    }

    Opened open(byte[] bytes) {
        if (bytes.length > MAX_BYTES) return new Opened.Refused(Refusal.TOO_LARGE);
        if (!keys.isSigned(bytes)) return new Opened.Refused(Refusal.FORGED);
        int length = bytes.length - ClusterKeys.SIGNATURE_BYTES;
        if (length < HEADER_BYTES || bytes[0] != 'M' || bytes[1] != 'B')
            return new Opened.Refused(Refusal.MALFORMED);
        if (bytes[2] != VERSION) return new Opened.Refused(Refusal.OTHER_VERSION);
        Optional<Message> message =
                ByteSource.whole(bytes, HEADER_BYTES - 1, length - HEADER_BYTES + 1, this::read);
        return message.<Opened>map(Opened.Authentic::new)
                .orElse(new Opened.Refused(Refusal.MALFORMED));
    }

    private static void write(Beat beat, ByteSink out) {
        out.u8(BEAT);
        out.time(beat.time());
        out.i64(beat.wall());
        out.text(beat.configuration());
        ModelBytes.write(beat.report(), out);
        ModelBytes.writeMarks(beat.holdings().reports(), out);
        ModelBytes.writeNodes(beat.holdings().hears(), out);
        beat.holdings().intents().write(out);
        beat.holdings().verdicts().write(out);
    }

    private static void write(Supplement supplement, ByteSink out) {
        out.u8(SUPPLEMENT);
        out.node(supplement.node());
        out.mark(supplement.mark());
        out.time(supplement.time());
        Contents contents = supplement.contents();
        ModelBytes.writeReports(contents.reports(), out);
        ModelBytes.writeEntries(contents.entries(), out);
        ModelBytes.write(contents.verdicts(), out);
    }

    private Message read(ByteSource in) {
        int kind = in.u8();
        return switch (kind) {
            case BEAT -> readBeat(in);
            case SUPPLEMENT -> readSupplement(in);
            default -> throw new IllegalArgumentException("there is no message of kind " + kind);
        };
    }

    private Beat readBeat(ByteSource in) {
        HybridTime time = in.time();
        long wall = in.i64();
        String configuration = in.text();
        var report = ModelBytes.readReport(in, known);
        var holdings =
                new Holdings(
                        ModelBytes.readMarks(in),
                        Set.copyOf(ModelBytes.readNodes(in)),
                        Digest.read(in),
                        Digest.read(in));
        return new Beat(time, wall, configuration, report, holdings);
    }

    private Supplement readSupplement(ByteSource in) {
        return new Supplement(
                in.node(),
                in.mark(),
                in.time(),
                new Contents(
                        ModelBytes.readReports(in, known),
                        ModelBytes.readEntries(in),
                        ModelBytes.readVerdicts(in)));
    }

    private static byte[] withinLimit(byte[] message) {
        if (message.length <= MAX_BYTES) return message;
        throw new IllegalArgumentException(
                "a message of "
                        + message.length
                        + " bytes is too large: "
                        + MAX_BYTES
                        + " are sent");
    }
}
