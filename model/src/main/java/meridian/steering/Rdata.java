package meridian.steering;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SequencedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import meridian.record.DomainName;
import meridian.topology.AddressText;
import meridian.topology.Binding;

/// The data of a record that steering makes; as text it reads as in a zone file.
public sealed interface Rdata {

    /// Uncompressed.
    byte[] toWire();

    /// Of A and AAAA.
    record Address(InetAddress address) implements Rdata {

        @Override
        public byte[] toWire() {
            return address.getAddress();
        }

        @Override
        public String toString() {
            return AddressText.of(address);
        }
    }

    /// Of CNAME.
    record Alias(DomainName name) implements Rdata {

        @Override
        public byte[] toWire() {
            return name.toWire();
        }

        @Override
        public String toString() {
            return name.toString();
        }
    }

    /// The largest priority and the largest weight.
    int MOST = 0xffff;

    /// Of MX (RFC 1035 §3.3.9).
    ///
    /// @param preference 0 to 65535; the lowest is tried first
    record Mail(int preference, DomainName exchange) implements Rdata {

        @Override
        public byte[] toWire() {
            byte[] name = exchange.toWire();
            return ByteBuffer.allocate(2 + name.length)
                    .putShort((short) preference)
                    .put(name)
                    .array();
        }

        @Override
        public String toString() {
            return preference + " " + exchange;
        }
    }

    /// Of SRV (RFC 2782).
    ///
    /// @param priority 0 to 65535; the lowest is tried first
    /// @param weight 0 to 65535: its share among those of the same priority
    record Server(int priority, int weight, int port, DomainName target) implements Rdata {

        @Override
        public byte[] toWire() {
            byte[] name = target.toWire();
            return ByteBuffer.allocate(6 + name.length)
                    .putShort((short) priority)
                    .putShort((short) weight)
                    .putShort((short) port)
                    .put(name)
                    .array();
        }

        @Override
        public String toString() {
            return priority + " " + weight + " " + port + " " + target;
        }
    }

    /// Of SVCB and HTTPS, in ServiceMode (RFC 9460 §2.4.3).
    ///
    /// @param priority 1 to 65535; the lowest is tried first
    /// @param target the root stands for the owner of the record (RFC 9460 §2.5.2)
    /// @param hints addresses of the target
    record Bound(int priority, DomainName target, Binding binding, List<InetAddress> hints)
            implements Rdata {

        private static final int ALPN = 1;
        private static final int PORT = 3;
        private static final int IPV4_HINT = 4;
        private static final int ECH = 5;
        private static final int IPV6_HINT = 6;

        public Bound {
            hints = List.copyOf(hints);
        }

        @Override
        public byte[] toWire() {
            SequencedMap<Integer, byte[]> params = params();
            byte[] name = target.toWire();
            int length = 2 + name.length;
            for (byte[] param : params.values()) length += 4 + param.length;
            ByteBuffer wire = ByteBuffer.allocate(length).putShort((short) priority).put(name);
            params.forEach((key, param) -> put(key, param, wire));
            return wire.array();
        }

        private static void put(int key, byte[] param, ByteBuffer wire) {
            wire.putShort((short) key).putShort((short) param.length).put(param);
        }

        /// In the order of their keys (RFC 9460 §2.2).
        private SequencedMap<Integer, byte[]> params() {
            var params = new TreeMap<Integer, byte[]>();
            if (!binding.alpn().isEmpty()) params.put(ALPN, alpn());
            binding.port().ifPresent(port -> params.put(PORT, octets(port)));
            binding.ech().ifPresent(ech -> params.put(ECH, Base64.getDecoder().decode(ech)));
            if (!hints(true).isEmpty()) params.put(IPV4_HINT, octets(hints(true)));
            if (!hints(false).isEmpty()) params.put(IPV6_HINT, octets(hints(false)));
            return params;
        }

        private byte[] alpn() {
            int length = binding.alpn().stream().mapToInt(id -> 1 + id.length()).sum();
            ByteBuffer octets = ByteBuffer.allocate(length);
            for (String id : binding.alpn())
                octets.put((byte) id.length()).put(id.getBytes(StandardCharsets.US_ASCII));
            return octets.array();
        }

        private List<InetAddress> hints(boolean isIpv4) {
            return hints.stream().filter(hint -> hint instanceof Inet4Address == isIpv4).toList();
        }

        private static byte[] octets(int number) {
            return ByteBuffer.allocate(2).putShort((short) number).array();
        }

        private static byte[] octets(List<InetAddress> addresses) {
            int length = addresses.stream().mapToInt(one -> one.getAddress().length).sum();
            ByteBuffer octets = ByteBuffer.allocate(length);
            addresses.forEach(one -> octets.put(one.getAddress()));
            return octets.array();
        }

        @Override
        public String toString() {
            var text = new StringJoiner(" ").add(priority + " " + target);
            if (!binding.alpn().isEmpty()) text.add("alpn=" + String.join(",", binding.alpn()));
            binding.port().ifPresent(port -> text.add("port=" + port));
            if (!hints(true).isEmpty()) text.add("ipv4hint=" + text(hints(true)));
            binding.ech().ifPresent(ech -> text.add("ech=" + ech));
            if (!hints(false).isEmpty()) text.add("ipv6hint=" + text(hints(false)));
            return text.toString();
        }

        private static String text(List<InetAddress> addresses) {
            return addresses.stream().map(AddressText::of).collect(Collectors.joining(","));
        }
    }
}
