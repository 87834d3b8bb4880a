package meridian.topology;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import meridian.record.RecordType;

/// How a service wants to be spoken to, told in SVCB or HTTPS records (RFC 9460) beside its
/// addresses.
///
/// @param type SVCB or HTTPS
/// @param alpn protocols by their ALPN ids (RFC 9460 §7.1), the best first; none are not told
/// @param port where it is not the protocol's own
/// @param ech configurations for Encrypted Client Hello (RFC 9848), as an ECHConfigList in base 64
/// @param hints whether the addresses that the client would get are told too (RFC 9460 §7.3)
public record Binding(
        RecordType type, List<String> alpn, OptionalInt port, Optional<String> ech, boolean hints) {

    private static final int LONGEST_ID = 255;
    private static final int MOST_IDS = 16;
    private static final int LONGEST_ECH = 8192;

    /// Octets of the version and the length of a configuration.
    private static final int CONFIG_HEAD = 4;

    public Binding {
        alpn = List.copyOf(alpn);
        if (!type.equals(RecordType.SVCB) && !type.equals(RecordType.HTTPS))
            throw new IllegalArgumentException(
                    "a binding is of type " + type + "; SVCB and HTTPS are accepted");
        if (alpn.size() > MOST_IDS)
            throw new IllegalArgumentException(
                    "alpn names "
                            + alpn.size()
                            + " protocols; up to "
                            + MOST_IDS
                            + " are accepted");
        alpn.forEach(Binding::checkId);
        if (alpn.stream().distinct().count() < alpn.size())
            throw new IllegalArgumentException(
                    "alpn " + alpn + " names one twice; each protocol is accepted once");
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535))
            throw new IllegalArgumentException(
                    "the port is " + port.getAsInt() + "; 1 to 65535 are accepted");
        ech.ifPresent(Binding::checkEch);
    }

    /// What needs no escape in a zone file: all that are registered look so.
    private static void checkId(String id) {
        if (id.matches("[A-Za-z0-9._/+-]+") && id.length() <= LONGEST_ID) return;
        throw new IllegalArgumentException(
                "\""
                        + id
                        + "\" is no ALPN id; 1 to 255 letters, digits and . _ / + - are accepted,"
                        + " as in h2, h3 and http/1.1");
    }

    /// A client that cannot read one takes the whole RRset for malformed (RFC 9460 §2.2).
    private static void checkEch(String ech) {
        byte[] octets = decoded(ech);
        if (octets.length > LONGEST_ECH)
            throw new IllegalArgumentException(
                    "ech has " + octets.length + " octets; up to " + LONGEST_ECH + " are accepted");
        if (octets.length < Short.BYTES + CONFIG_HEAD
                || ByteBuffer.wrap(octets).getChar() != octets.length - Short.BYTES)
            throw new IllegalArgumentException(
                    "ech is no ECHConfigList; two octets of its length and the configurations are"
                            + " accepted, in base 64");
    }

    private static byte[] decoded(String ech) {
        try {
            return Base64.getDecoder().decode(ech);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "ech is not in base 64; an ECHConfigList in base 64 is accepted", e);
        }
    }
}
