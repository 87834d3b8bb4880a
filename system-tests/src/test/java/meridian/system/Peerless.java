package meridian.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// One node that listens for peers and has none.
final class Peerless {

    private Peerless() {}

    /// Starts it and waits for nothing.
    static FleetNode start(Path folder, int clusterPort) throws IOException {
        int dns = FreePorts.take();
        int api = FreePorts.take();
        Path key = Files.writeString(folder.resolve("cluster.key"), "0123456789abcdef\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("example.com.zone"), Zones.SMALL);
        Path config =
                Files.writeString(
                        folder.resolve("meridian.conf"),
                        """
                        nodes {
                          solo {
                            region = here
                            dns = ["127.0.0.1:%d"], api = "127.0.0.1:%d", cluster = "127.0.0.1:%d"
                          }
                        }
                        cluster { key-file = "cluster.key" }
                        regions { here { location = [38.9, -77.0] } }
                        zones { "example.com" { file = "example.com.zone" } }
                        """
                                .formatted(dns, api, clusterPort));
        return FleetNode.start(config, "solo", dns, api);
    }
}
