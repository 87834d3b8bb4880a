package meridian.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Queries of type A for the names of a [Workload], as octets; what names and clients, is drawn.
public final class Queries {

    private static final int LONGEST = 512;
    private static final int OPT = 41;
    private static final int PAYLOAD = 1232;
    private static final int DO = 0x8000;
    private static final int CLIENT_SUBNET = 8;
    private static final int COOKIE = 10;
    private static final long SEED = 4711;

    private final Workload workload;
    private final List<Integer> networks;
    private final SplittableRandom draw = new SplittableRandom(SEED);

    public Queries(Workload workload) {
        this.workload = workload;
        this.networks = List.copyOf(workload.networks().keySet());
    }

    /// A kind of query, and how it is answered.
    public enum Kind {

        /// A plain name, without EDNS, as `dig +noedns` asks.
        PLAIN("NOERROR", 20_000),

        /// A steered name, for a client in one of the networks, whose /24 is told (RFC 7871).
        STEERED("NOERROR", 100_000),

        /// The same with the cookie of a client that has none of the server's yet (RFC 7873 §5.1):
        /// so a server that knows cookies has one to make.
        COOKIE("NOERROR", 100_000),

        /// A name that does not exist, and which nobody asked for before.
        MISSING("NXDOMAIN", 100_000),

        /// A steered name for a client, with DO.
        SIGNED_STEERED("NOERROR", 100_000),

        /// A name that does not exist, with DO.
        SIGNED_MISSING("NXDOMAIN", 100_000);

        private final String rcode;
        private final int inFile;

        Kind(String rcode, int inFile) {
            this.rcode = rcode;
            this.inFile = inFile;
        }

        String rcode() {
            return rcode;
        }

        String file() {
            return name().toLowerCase(Locale.ROOT) + ".queries";
        }
    }

    public byte[] next(Kind kind) {
        ByteBuffer out = ByteBuffer.allocate(LONGEST);
        switch (kind) {
            case PLAIN -> question(out, "h" + draw.nextInt(workload.size().hosts()), 0);
            case STEERED -> steered(out, 0, false);
            case COOKIE -> steered(out, 0, true);
            case SIGNED_STEERED -> steered(out, DO, false);
            case MISSING -> missing(out, 0);
            case SIGNED_MISSING -> {
                missing(out, 1);
                opt(out, DO, 0);
            }
        }
        byte[] query = new byte[out.position()];
        out.get(0, query);
        return query;
    }

    private void missing(ByteBuffer out, int additional) {
        question(out, Long.toHexString(draw.nextLong() >>> 4), additional);
    }

    private static void opt(ByteBuffer out, int flags, int length) {
        out.put((byte) 0).putShort((short) OPT).putShort((short) PAYLOAD).putInt(flags);
        out.putShort((short) length);
    }

    private void steered(ByteBuffer out, int flags, boolean hasCookie) {
        question(out, "g" + draw.nextInt(workload.size().names()), 1);
        opt(out, flags, hasCookie ? 11 + 12 : 11);
        int network = networks.get(draw.nextInt(networks.size()));
        out.putShort((short) CLIENT_SUBNET).putShort((short) 7).putShort((short) 1);
        out.put((byte) 24).put((byte) 0).put((byte) (network >> 16)).putShort((short) network);
        if (hasCookie) out.putShort((short) COOKIE).putShort((short) 8).putLong(draw.nextLong());
    }

    /// Of one name.
    static byte[] of(String label) {
        ByteBuffer out = ByteBuffer.allocate(LONGEST);
        question(out, label, 0);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void question(ByteBuffer out, String label, int additional) {
        out.putLong(1L << 16).putInt(additional);
        for (String each : (label + "." + Workload.ZONE).split("\\.", -1)) {
            out.put((byte) each.length()).put(each.getBytes(StandardCharsets.US_ASCII));
        }
        out.put((byte) 0).putShort((short) 1).putShort((short) 1);
    }

    /// As `dnsperf -B` reads them: each behind its length in two octets.
    void write(Path folder) throws IOException {
        for (Kind kind : Kind.values()) {
            if (networks.isEmpty() && kind != Kind.PLAIN) continue;
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(folder.resolve(kind.file())))) {
                for (int i = 0; i < kind.inFile; i++) {
                    byte[] query = next(kind);
                    out.write(query.length >> 8);
                    out.write(query.length);
                    out.write(query);
                }
            }
        }
    }
}
