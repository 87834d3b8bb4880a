package meridian.node;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import meridian.config.Configuration;
import meridian.dns.ready.KeeperThread;
import meridian.dns.transfer.Primary;
import meridian.dns.tsig.TsigKeys;
import meridian.topology.NodeId;

/// What a node gives to secondaries, from its configuration.
final class PrimaryPlan {

    private PrimaryPlan() {}

    /// @param folder of the node, where serials are kept; one that the configuration does not name
    ///   has no disk of its own, and begins at those of the files
    /// @param keeper who publishes the snapshots, once it does
    static Primary of(
            Loaded running, Path folder, Supplier<KeeperThread> keeper, InstantSource wall) {
        Optional<SerialFile> file =
                Optional.of(new SerialFile(folder.resolve("serials")))
                        .filter(_ -> running.options().isNamed());
        var around =
                new Primary.Surroundings(
                        () -> keeper.get().edition(),
                        soas -> keeper.get().show(soas),
                        file.<Primary.SerialBook>map(it -> it::write).orElse(_ -> {}),
                        wall,
                        System::nanoTime);
        return new Primary(
                around,
                settings(running.configuration(), running.options().node().id()),
                file.map(SerialFile::read).orElse(Map.of()),
                running.configuration().dns().udpPayload());
    }

    static Primary.Settings settings(Configuration configuration, NodeId node) {
        return new Primary.Settings(
                configuration.transfersOf(node),
                new TsigKeys(configuration.transferKeys().values()));
    }

    /// What is wrong with the zones that are given.
    static List<Alarms.Condition> conditions(Primary primary) {
        var conditions = new ArrayList<Alarms.Condition>();
        primary.failed()
                .forEach(
                        (apex, defect) ->
                                conditions.add(
                                        Alarms.Condition.alarm(
                                                "no-version",
                                                apex.toString(),
                                                "secondaries have the zone as it was, whatever"
                                                        + " turns, since it has no next version: "
                                                        + defect)));
        return conditions;
    }
}
