package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that starts answers before it looks for anyone.
class StartIT {

    @TempDir private Path folder;

    @Test
    void queriesAreAnsweredBeforePeersAreLookedFor() throws Exception {
        try (FleetNode node = Peerless.start(folder, FreePorts.take())) {
            node.process().awaitLogLine("listening for the other nodes");
            assertThat(node.process().log())
                    .containsSubsequence("answers queries on", "listening for the other nodes");
        }
    }

    @Test
    void queriesAreAnsweredWhereThePortForPeersIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FleetNode node = Peerless.start(folder, taken.getLocalPort())) {
            node.process().awaitDns(node.address());
            node.process().awaitLogLine("cannot listen for the other nodes");
            node.process().awaitDns(node.address());
        }
    }

    @Test
    void aRehearsalEndsByItselfAndLeavesNothing() throws Exception {
        Run run =
                Run.of(
                        folder,
                        Map.of("MERIDIAN_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder),
                        List.of(Tree.LAUNCHER.toString(), "rehearse"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(folder).isEmptyDirectory();
    }
}
