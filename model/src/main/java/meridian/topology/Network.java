package meridian.topology;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IPv4 or IPv6 network: an address whose host bits are zero, and the length of its prefix in
/// bits.
public record Network(InetAddress address, int prefixLength) implements Comparable<Network> {

    private static final Pattern PREFIX_LENGTH = Pattern.compile("[0-9]{1,3}");

    /// What `InetAddress.ofLiteral` also reads is more often a typing error: "1.2", "0x7f.1",
    /// "010.0.0.1" (which C reads as 8.0.0.1), "[::1]"; and "fe80::1%eth0" is of one machine only.
    private static final Pattern PLAIN =
            Pattern.compile(
                    "(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    public Network {
        int bits = address.getAddress().length * 8;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException(
                    text(address, prefixLength)
                            + " has no such prefix; /0 to /"
                            + bits
                            + " are accepted");
        }
        InetAddress first = masked(address, prefixLength);
        if (!first.equals(address)) {
            throw new IllegalArgumentException(
                    text(address, prefixLength)
                            + " has bits set behind its prefix; "
                            + AddressText.of(first)
                            + "/"
                            + prefixLength
                            + " or a longer prefix is accepted");
        }
    }

    /// Reads `192.0.2.0/24` or `2001:db8::/32`; an address alone is a network of itself.
    ///
    /// @throws IllegalArgumentException naming the text and what is accepted
    public static Network of(String text) {
        int slash = text.indexOf('/');
        InetAddress address = addressOf(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) return new Network(address, address.getAddress().length * 8);
        String length = text.substring(slash + 1);
        if (!PREFIX_LENGTH.matcher(length).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no network; 192.0.2.0/24 or 2001:db8::/32 is accepted");
        }
        return new Network(address, Integer.parseInt(length));
    }

    /// The network with a prefix of that many bits that an address is in.
    public static Network around(InetAddress address, int prefixLength) {
        return new Network(masked(address, prefixLength), prefixLength);
    }

    /// An address literal; never asks a resolver.
    ///
    /// @throws IllegalArgumentException naming the text and what is accepted
    public static InetAddress addressOf(String text) {
        return literal(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "\""
                                                + text
                                                + "\" is no address; 192.0.2.1 or 2001:db8::1 is accepted"));
    }

    static boolean isAddress(String text) {
        return literal(text).isPresent();
    }

    private static Optional<InetAddress> literal(String text) {
        if (!PLAIN.matcher(text).matches()) return Optional.empty();
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress other) {
        return other.getAddress().length == address.getAddress().length
                && masked(other, prefixLength).equals(address);
    }

    public boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /// IPv4 before IPv6, then by address, then the wider first.
    @Override
    public int compareTo(Network other) {
        int order = Boolean.compare(other.isIpv4(), isIpv4());
        if (order == 0)
            order = Arrays.compareUnsigned(address.getAddress(), other.address.getAddress());
        return order != 0 ? order : Integer.compare(prefixLength, other.prefixLength);
    }

    @Override
    public String toString() {
        return text(address, prefixLength);
    }

    private static String text(InetAddress address, int prefixLength) {
        return AddressText.of(address) + "/" + prefixLength;
    }

    private static InetAddress masked(InetAddress address, int prefixLength) {
        byte[] octets = address.getAddress();
        for (int i = 0; i < octets.length; i++) {
            int kept = Math.clamp(prefixLength - 8L * i, 0, 8);
            octets[i] &= (byte) (0xff00 >> kept);
        }
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + octets.length + " octets", e);
        }
    }
}
