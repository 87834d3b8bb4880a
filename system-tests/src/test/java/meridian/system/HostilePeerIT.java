package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever reaches the cluster port, and is no node.
class HostilePeerIT {

    private static final byte[] PROTOCOL = "HZC".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 4;

    @TempDir private Path folder;

    @Test
    void aPacketThatAnnouncesMoreThanThereIsEndsNoNode() throws Exception {
        int port = FreePorts.take();
        try (FleetNode node = Peerless.start(folder, port)) {
            node.process().awaitLogLine("listening for the other nodes");
            for (int i = 0; i < 3; i++) announce(port, Integer.MAX_VALUE);
            node.process().awaitDns(node.address());
            assertThat(node.process().isAlive()).isTrue();
        }
    }

    /// Until the node has closed the connection, or has made room and waits for the rest.
    private static void announce(int port, int octets) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2000);
            var out = new DataOutputStream(socket.getOutputStream());
            out.write(PROTOCOL);
            socket.getInputStream().readNBytes(PROTOCOL.length);
            out.writeByte(VERSION);
            out.writeChar(0); // flags
            out.writeInt(-1); // no partition
            out.writeInt(octets);
            out.write(new byte[1000]);
            socket.getInputStream().read();
        } catch (IOException _) {
            // It was cut off, or nobody answered: both are right.
        }
    }
}
