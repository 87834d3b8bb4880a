package meridian.checker.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A stream that gives no more than it was granted, and remembers how it began.
final class RationedInput extends InputStream {

    private static final int REMEMBERED = 32;

    /// The ration is used up, and the other side has more to say.
    static final class Exhausted extends IOException {

        private static final long serialVersionUID = 1;
    }

    private final InputStream in;
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(REMEMBERED);
    private int left;
    private boolean ended;

    RationedInput(InputStream in, int ration) {
        this.in = in;
        this.left = ration;
    }

    /// From here on this many more octets, whatever was left.
    void grant(int ration) {
        left = ration;
    }

    boolean hasEnded() {
        return ended;
    }

    /// The first octets, fit for a log line.
    String beginning() {
        return beginning.toString(StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) throw new Exhausted();
        int count = in.read(into, offset, Math.min(length, left));
        ended = count < 0;
        if (ended) return count;
        left -= count;
        remember(into, offset, count);
        return count;
    }

    private void remember(byte[] from, int offset, int count) {
        int room = Math.min(count, REMEMBERED - beginning.size());
        beginning.write(from, offset, room);
    }
}
