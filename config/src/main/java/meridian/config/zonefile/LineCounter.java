package meridian.config.zonefile;

import java.io.InputStream;
import meridian.record.Octets;

/// The octets of a file from some line on, and the line that the last octet read is on: the
/// tokenizer tells its own line only in errors.
final class LineCounter extends InputStream {

    private final Octets octets;
    private int at;
    private int line;
    private int lineStart;

    LineCounter(Octets octets, int from, int line) {
        this.octets = octets;
        this.at = from;
        this.line = line;
        this.lineStart = from;
    }

    @Override
    public int read() {
        if (at > lineStart && octets.get8(at - 1) == '\n') {
            line++;
            lineStart = at;
        }
        return at < octets.size() ? octets.get8(at++) : -1;
    }

    /// One octet at a time, so that the buffer that the tokenizer puts around this stream cannot
    /// run ahead of the line it is at.
    @Override
    public int read(byte[] into, int offset, int length) {
        int octet = length == 0 ? 0 : read();
        if (octet < 0) return -1;
        if (length > 0) into[offset] = (byte) octet;
        return Math.min(1, length);
    }

    /// The line of the last octet read.
    int line() {
        return line;
    }

    /// The line of the next octet.
    int nextLine() {
        return at > lineStart && octets.get8(at - 1) == '\n' ? line + 1 : line;
    }

    /// Where the next octet is.
    int offset() {
        return at;
    }
}
