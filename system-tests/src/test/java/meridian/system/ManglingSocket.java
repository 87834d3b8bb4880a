package meridian.system;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.SplittableRandom;

/// A connection that loses what its client says from somewhere on, or has an octet of it changed,
/// or delivers it in crumbs; one in two does none of it.
final class ManglingSocket extends Socket {

    private static final int NEVER = Integer.MAX_VALUE;

    private final SplittableRandom random;
    private final int changed;
    private final int lost;
    private final boolean inCrumbs;
    private int sent;

    /// @param within octets of which one is to be hit
    ManglingSocket(SplittableRandom random, int within) {
        this.random = random;
        this.changed = random.nextInt(4) == 0 ? random.nextInt(within) : NEVER;
        this.lost = random.nextInt(4) == 0 ? random.nextInt(within) : NEVER;
        this.inCrumbs = random.nextInt(4) == 0;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream out = super.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int from, int length) throws IOException {
                byte[] mangled = mangled(octets, from, length);
                int step = inCrumbs ? 1 + random.nextInt(50) : Math.max(1, mangled.length);
                for (int at = 0; at < mangled.length; at += step)
                    out.write(mangled, at, Math.min(step, mangled.length - at));
            }
        };
    }

    private byte[] mangled(byte[] octets, int from, int length) {
        byte[] kept = new byte[Math.clamp((long) lost - sent, 0, length)];
        System.arraycopy(octets, from, kept, 0, kept.length);
        int hit = changed - sent;
        if (hit >= 0 && hit < kept.length) kept[hit] ^= (byte) (1 + random.nextInt(255));
        sent += length;
        return kept;
    }
}
