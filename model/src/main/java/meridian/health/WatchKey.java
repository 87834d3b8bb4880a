package meridian.health;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import meridian.record.RecordType;
import meridian.topology.Check;
import meridian.topology.Damping;
import meridian.topology.Endpoint;
import meridian.topology.Monitor;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// What is watched, as a number that every node works out alike: the address that is probed and
/// everything of the monitor but its name. Never a position, so that nodes with different
/// configurations cannot take one endpoint's opinion for another's.
///
/// @param value the first 64 bits of a SHA-256
public record WatchKey(long value) implements Comparable<WatchKey> {

    /// The key of an endpoint, unless there is nothing of it to probe.
    public static Optional<WatchKey> of(Endpoint endpoint, Monitor monitor) {
        return endpoint.probed().map(address -> of(address, monitor));
    }

    public static WatchKey of(InetAddress address, Monitor monitor) {
        String text =
                String.join(
                                "\n",
                                address.getHostAddress(),
                                text(monitor.check()),
                                monitor.interval().toString(),
                                monitor.timeout().toString(),
                                monitor.thresholds().rise() + "/" + monitor.thresholds().fall())
                        + patience(monitor);
        return new WatchKey(ByteBuffer.wrap(sha256(text)).getLong());
    }

    /// The key under which a node keeps whether a pool that fell waits to be let back: no watch has
    /// it, for no address begins so.
    public static WatchKey ofReturn(ServiceId service, RegionId region, RecordType type) {
        String text = String.join("\n", "return", service.name(), region.name(), type.toString());
        return new WatchKey(ByteBuffer.wrap(sha256(text)).getLong());
    }

    /// Nothing where both are as by default: nodes of a version that did not know them agree.
    private static String patience(Monitor monitor) {
        String hold = monitor.hold().isZero() ? "" : "\nhold " + monitor.hold();
        Optional<Damping> damping = monitor.damping();
        if (damping.equals(Optional.of(Damping.DEFAULT))) return hold;
        return hold + "\n" + damping.map(Damping::toString).orElse("undamped");
    }

    private static String text(Check check) {
        return switch (check) {
            case Check.Http http ->
                    String.join(
                            "\n",
                            http.tls() ? "https" : "http",
                            http.verify() ? "verify" : "trust",
                            http.path(),
                            Integer.toString(http.portOrDefault()),
                            http.host().orElse(""),
                            http.expect().toString(),
                            http.body().orElse(""));
            case Check.Tcp(int port) -> "tcp\n" + port;
        };
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// As of a record; written out as in [meridian.topology.NodeId].
    @Override
    public boolean equals(Object other) {
        return other instanceof WatchKey key && value == key.value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    @Override
    public int compareTo(WatchKey other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return String.format("%016x", value);
    }
}
