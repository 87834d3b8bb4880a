package meridian.bench.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import meridian.bench.Queries;
import meridian.bench.Workload;
import meridian.config.ConfigOutcome;
import meridian.config.ConfigReader;
import meridian.config.Configuration;
import meridian.dns.Snapshot;
import meridian.dns.geo.Atlas;
import meridian.dns.geo.NetworksFile;
import meridian.dns.geo.WorldTable;
import meridian.dns.ready.Moment;
import meridian.dns.ready.Serving;
import meridian.dns.ready.SnapshotKeeper;
import meridian.health.Tally;
import meridian.intent.Drain;
import meridian.intent.Intents;
import meridian.intent.Origin;
import meridian.intent.Scope;
import meridian.time.HybridTime;
import meridian.time.Stamp;
import meridian.topology.NodeId;
import meridian.topology.RegionId;

/// A [Workload] as a node has it in memory: read from its files, and compiled.
record World(Workload workload, Configuration configuration, Atlas atlas, Serving serving) {

    static final NodeId SELF = new NodeId("bench");
    static final Moment NOW = new Moment(0, new HybridTime(0, 0), Instant.EPOCH);

    /// For what makes a hundred megabytes that stay for a while: or one measures how far the heap
    /// has grown by chance.
    static final String NURSERY = "-Xmn1g";

    /// Queries are taken from so many, one after the other, so that no branch is foreseen.
    static final int QUERIES = 1024;

    static World of(Workload.Size size) {
        Workload workload = Workload.of(size);
        try {
            Path folder = Files.createTempDirectory("meridian-bench-");
            try {
                return of(workload, folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static World of(Workload workload, Path folder) throws IOException {
        Files.writeString(folder.resolve(Workload.ZONE + ".zone"), workload.zone());
        Path networks = Files.writeString(folder.resolve("networks.txt"), workload.networksFile());
        Path file =
                Files.writeString(folder.resolve("meridian.conf"), workload.configuration(0, ""));
        Configuration configuration = read(file);
        var regions = configuration.topology().regions().keySet();
        Atlas atlas = WorldTable.builtIn().overlaid(NetworksFile.read(networks, regions).orders());
        return new World(workload, configuration, atlas, serving(configuration, atlas));
    }

    /// @param files of one folder, by name
    static Configuration read(Map<String, String> files) {
        try {
            Path folder = Files.createTempDirectory("meridian-bench-");
            try {
                for (var file : files.entrySet())
                    Files.writeString(folder.resolve(file.getKey()), file.getValue());
                return read(folder.resolve("meridian.conf"));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Configuration read(Path file) throws IOException {
        return switch (new ConfigReader().read(file)) {
            case ConfigOutcome.Accepted(var accepted, var _) -> accepted;
            case ConfigOutcome.Refused(var problems, var _) ->
                    throw new IllegalStateException(problems.toString());
        };
    }

    /// The first region, of all services.
    static Intents drained(Configuration configuration) {
        RegionId region = configuration.topology().regions().firstEntry().getKey();
        var origin =
                new Origin("1", "bench", "to see what it takes", Instant.EPOCH, Optional.empty());
        var drain = new Drain(origin, new Scope(region, Optional.empty()), true);
        return Intents.NONE.with(drain, new Stamp(NOW.hybrid(), SELF));
    }

    static Serving serving(Configuration configuration, Atlas atlas) {
        return Serving.of(configuration.topology(), configuration.zones(), atlas);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(one);
        }
    }

    /// With nothing heard, and nothing asked for.
    Snapshot snapshot() {
        return new SnapshotKeeper(SELF, serving)
                .step(Tally.EMPTY, Intents.NONE, NOW)
                .edition()
                .snapshot();
    }

    /// As they come from a transport: outside of the heap.
    List<ByteBuffer> queries(Queries.Kind kind) {
        var queries = new Queries(workload);
        return Stream.generate(() -> queries.next(kind)).limit(QUERIES).map(World::direct).toList();
    }

    private static ByteBuffer direct(byte[] octets) {
        return ByteBuffer.allocateDirect(octets.length).put(octets).flip();
    }
}
