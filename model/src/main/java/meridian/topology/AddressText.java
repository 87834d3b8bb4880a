package meridian.topology;

import java.net.InetAddress;
import java.util.HexFormat;

/// How an address is written for people: IPv6 by RFC 5952 §4, which Java does not know.
public final class AddressText {

    private static final int GROUPS = 8;
    private static final HexFormat HEX = HexFormat.of();

    private AddressText() {}

    /// `192.0.2.1`, `2001:db8::1`; without the zone of an address that is of one link only.
    public static String of(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == 2 * GROUPS ? ipv6(octets) : address.getHostAddress();
    }

    private static String ipv6(byte[] octets) {
        int begin = 0;
        int end = 0;
        for (int i = 0; i < GROUPS; i++) {
            int run = zerosFrom(octets, i);
            if (run > Math.max(1, end - begin)) {
                begin = i;
                end = i + run;
            }
        }
        if (begin == end) return groups(octets, 0, GROUPS);
        return groups(octets, 0, begin) + "::" + groups(octets, end, GROUPS);
    }

    /// How many groups are zero, one after the other.
    private static int zerosFrom(byte[] octets, int first) {
        int next = first;
        while (next < GROUPS && group(octets, next) == 0) next++;
        return next - first;
    }

    private static String groups(byte[] octets, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (i > from) text.append(':');
            text.append(withoutZeros(HEX.toHexDigits((short) group(octets, i))));
        }
        return text.toString();
    }

    private static String withoutZeros(String digits) {
        return digits.replaceFirst("^0{1,3}", "");
    }

    private static int group(byte[] octets, int index) {
        return ((octets[2 * index] & 0xff) << 8) | (octets[2 * index + 1] & 0xff);
    }
}
