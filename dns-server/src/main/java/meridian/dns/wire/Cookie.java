package meridian.dns.wire;

import java.nio.ByteBuffer;

/// The DNS cookie option (RFC 7873 §4), with a server cookie as RFC 9018 §4 lays it out:
///
/// ```
/// client cookie (8) | version (1) reserved (3) timestamp (4) | hash (8)
///                     `------------- head -------------'
/// ```
///
/// @param client what the client made up, to know our response by
/// @param hasServer whether a server cookie came with it
/// @param head the first half of the server cookie; 0 if there is none, or one of another length
///   than we make
/// @param hash its second half; 0 likewise
public record Cookie(long client, boolean hasServer, long head, long hash) {

    /// EDNS option code.
    public static final int CODE = 10;

    /// Octets of the part that the client makes.
    public static final int CLIENT_LENGTH = 8;

    /// Octets of a server cookie of ours.
    public static final int SERVER_LENGTH = 16;

    /// Octets of both.
    public static final int LENGTH = CLIENT_LENGTH + SERVER_LENGTH;

    private static final int SHORTEST_SERVER = 8;
    private static final int LONGEST_SERVER = 32;

    /// Whether an option may have so many octets (RFC 7873 §5.2.2).
    public static boolean isLength(int octets) {
        int server = octets - CLIENT_LENGTH;
        return server == 0 || (server >= SHORTEST_SERVER && server <= LONGEST_SERVER);
    }

    /// As it goes back.
    public EdnsOption option() {
        ByteBuffer data = ByteBuffer.allocate(LENGTH).putLong(client).putLong(head).putLong(hash);
        return new EdnsOption(CODE, data.array());
    }

    /// The same client's, with a server cookie of ours.
    public Cookie with(long serverHead, long serverHash) {
        return new Cookie(client, true, serverHead, serverHash);
    }
}
