package meridian.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import meridian.config.HostChecks.WrittenHost;
import meridian.config.ServiceSection.WrittenService;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.record.DomainName;
import meridian.record.ZoneContents;
import meridian.signing.TsigKey;
import meridian.topology.Agreement;
import meridian.topology.ClientSet;
import meridian.topology.Monitor;
import meridian.topology.Node;
import meridian.topology.Region;
import meridian.topology.Service;
import meridian.topology.Topology;

/// The sections in the order in which they need one another, and what comes of them all.
///
/// A section with a mistake in it is read on: what it defines is known by its name, so that one
/// mistake is told once and not again wherever the name is used.
final class Assembly {

    private final Problems problems;
    private final ConfigFiles files;
    private final Map<String, String> environment;

    /// The names to which services lead.
    private final List<WrittenHost> hosts = new ArrayList<>();

    Assembly(Problems problems, ConfigFiles files, Map<String, String> environment) {
        this.problems = problems;
        this.files = files;
        this.environment = environment;
    }

    /// Nothing if there was any error.
    Optional<Configuration> assemble(Tree.Block tree) {
        Fields root = Fields.of(tree, Schema.ROOT, problems);
        SequencedMap<String, Tree> regionTrees = root.named("regions");
        Map<String, List<String>> cells = RegionSection.cellsOf(regionTrees);
        List<Region> regions = new RegionSection(problems).read(regionTrees);
        List<Node> nodes =
                new NodeSection(problems, List.copyOf(cells.keySet())).read(root.named("nodes"));
        SequencedMap<String, ClientSet> clients =
                new ClientSetSection(problems).read(root.named("clients"));
        List<WrittenService> written = services(root, cells, clients);
        List<Service> services = written.stream().map(WrittenService::service).toList();
        SequencedMap<DomainName, TsigKey> transferKeys =
                new TransferKeySection(problems, files, environment)
                        .read(root.named("transfer-keys"));
        var zoneSection = new ZoneSection(problems, files, transferSection(root, nodes));
        SequencedMap<DomainName, ZoneContents> zones = zones(root, zoneSection, written);
        Agreement agreement = agreement(root.block("quorum", Schema.QUORUM));
        GeoSettings geo =
                new GeoSection(problems, files).read(root.block("geo", Schema.GEO), root.at());
        ClusterSettings cluster =
                new ClusterSection(problems, files, environment)
                        .read(root.block("cluster", Schema.CLUSTER), root.at());
        ApiSettings api = new ApiSection(problems).read(root.block("api", Schema.API));
        Optional<Fields> dnsSection = root.block("dns", Schema.DNS);
        DnsLimits dns = new DnsSection(problems).read(dnsSection);
        Path data = dataDirectory(root, problems);
        new FleetChecks(problems, root.named("nodes"), regionTrees)
                .check(
                        nodes,
                        services,
                        !api.tokens().isEmpty(),
                        cluster.key().isPresent(),
                        dnsSection.filter(fields -> fields.has("tls")).isPresent());
        var selfTests =
                new CheckerSection(problems)
                        .read(
                                root.block("checker", Schema.CHECKER),
                                root.named("nodes"),
                                nodes,
                                services);
        var reach =
                new ReachSection(problems)
                        .read(root.named("nodes"), nodes, services, selfTests.values());
        if (problems.hasErrors()) {
            zones.values().forEach(ZoneContents::close);
            return Optional.empty();
        }
        byte[] networks =
                geo.networks().flatMap(file -> files.digest(file, root.at())).orElse(new byte[0]);
        return Optional.of(
                new Configuration(
                        Topology.of(nodes, regions, services, agreement),
                        reach,
                        selfTests,
                        List.copyOf(zones.sequencedValues()),
                        zoneSection.signed(),
                        zoneSection.transfers(),
                        transferKeys,
                        clients,
                        geo,
                        cluster,
                        api,
                        dns,
                        data,
                        new TreeSet<>(files.watched()),
                        new TreeSet<>(files.texts()),
                        Fingerprint.of(
                                tree, zones.values(), zoneSection.signed().values(), networks)));
    }

    /// Where a node keeps what must survive its restart: on the disk, even where the configuration
    /// is read from a copy.
    static Path dataDirectory(Fields root, Problems problems) {
        return ConfigFiles.onDisk(
                root.read("data-directory", new Values(problems)::file)
                        .orElseGet(() -> root.at().resolve("data")));
    }

    private List<WrittenService> services(
            Fields root, Map<String, List<String>> cells, SequencedMap<String, ClientSet> clients) {
        SequencedMap<String, Tree> monitorTrees = root.named("monitors");
        Map<String, Monitor> monitors = new MonitorSection(problems).read(monitorTrees);
        var templates = new Templates(root.named("templates"), problems);
        templates.check();
        var steer =
                new SteerSection(
                        problems, cells.keySet(), root.named("clients").sequencedKeySet(), clients);
        return new ServiceSection(
                        problems,
                        templates,
                        new PoolSection(problems, cells, hosts),
                        steer,
                        new AllDownReader(problems, hosts),
                        monitorTrees,
                        monitors)
                .read(root.named("services"));
    }

    private TransferSection transferSection(Fields root, List<Node> nodes) {
        return new TransferSection(problems, nodes, root.named("transfer-keys").keySet());
    }

    private SequencedMap<DomainName, ZoneContents> zones(
            Fields root, ZoneSection section, List<WrittenService> services) {
        SequencedMap<DomainName, ZoneContents> zones = section.read(root);
        // It may define some, if all is well with it.
        if (zones.isEmpty() && !problems.hasErrors())
            problems.warn(
                    root.at(),
                    "defines no zone, so every query is refused",
                    "zones { \"example.com\" { file = \"example.com.zone\" } } is accepted");
        try (var ours = new OurNames(zones, section.refused(), services)) {
            new ZoneFit(problems, ours).check(services);
            new HostChecks(problems, ours).check(hosts, section::spot);
        }
        new NothingChecks(problems, zones.keySet(), section.signed(), section.transfers().keySet())
                .check(services);
        new AliasLoops(problems).check(services, zones.sequencedValues());
        return zones;
    }

    private Agreement agreement(Optional<Fields> section) {
        if (section.isEmpty()) return Agreement.DEFAULT;
        Fields fields = section.get();
        Agreement usual = Agreement.DEFAULT;
        Duration most = Duration.ofDays(1);
        Duration fresh =
                fields.duration("fresh-for", usual.freshFor(), Duration.ofSeconds(2), most);
        Duration release =
                fields.duration("release-after", usual.releaseAfter(), Duration.ofSeconds(2), most);
        return problems.attempt(fields.at("release-after"), () -> new Agreement(fresh, release))
                .orElse(usual);
    }
}
