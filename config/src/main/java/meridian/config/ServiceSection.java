package meridian.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import meridian.config.SteerSection.WrittenRule;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.source.Tree;
import meridian.record.DomainName;
import meridian.topology.AllDown;
import meridian.topology.Binding;
import meridian.topology.Comeback;
import meridian.topology.GuardLimits;
import meridian.topology.Monitor;
import meridian.topology.Policy;
import meridian.topology.Pool;
import meridian.topology.RegionId;
import meridian.topology.Rule;
import meridian.topology.Service;
import meridian.topology.ServiceId;

/// `services { … }`.
final class ServiceSection {

    /// A service and where its names are written.
    record WrittenService(Service service, SequencedMap<DomainName, Spot> names) {}

    private static final Duration TTL = Duration.ofSeconds(20);
    private static final Duration LONG_TTL = Duration.ofSeconds(60);

    private final Problems problems;
    private final Values values;
    private final Templates templates;
    private final PoolSection poolSection;
    private final SteerSection steerSection;
    private final AllDownReader allDownReader;
    private final SequencedMap<String, Tree> monitorTrees;
    private final Map<String, Monitor> monitors;
    private final Map<DomainName, Spot> taken = new LinkedHashMap<>();

    /// @param monitorTrees the monitors as written, whether or not they could be read
    ServiceSection(
            Problems problems,
            Templates templates,
            PoolSection poolSection,
            SteerSection steerSection,
            AllDownReader allDownReader,
            SequencedMap<String, Tree> monitorTrees,
            Map<String, Monitor> monitors) {
        this.problems = problems;
        this.values = new Values(problems);
        this.templates = templates;
        this.poolSection = poolSection;
        this.steerSection = steerSection;
        this.allDownReader = allDownReader;
        this.monitorTrees = monitorTrees;
        this.monitors = monitors;
    }

    List<WrittenService> read(SequencedMap<String, Tree> section) {
        var services = new ArrayList<WrittenService>();
        section.forEach((name, tree) -> service(name, tree).ifPresent(services::add));
        return services;
    }

    private Optional<WrittenService> service(String name, Tree tree) {
        Optional<Tree.Block> own = Fields.blockOf(tree, problems);
        if (own.isEmpty()) return Optional.empty();
        var fields = Fields.of(templates.complete(own.get()), Schema.SERVICE, problems);
        Optional<ServiceId> id = problems.attempt(tree.at(), () -> new ServiceId(name));
        SequencedMap<DomainName, Spot> names = names(fields);
        List<WrittenRule> rules = steerSection.read(fields);
        Optional<Service> service = id.flatMap(one -> service(one, fields, names, rules));
        service.ifPresent(one -> new SteerChecks(problems).check(one, served(fields), rules));
        service.ifPresent(one -> allDownReader.check(one, fields));
        return service.map(one -> new WrittenService(one, names));
    }

    private Optional<Service> service(
            ServiceId id,
            Fields fields,
            SequencedMap<DomainName, Spot> names,
            List<WrittenRule> rules) {
        Duration ttl = ttl(fields);
        int answers = fields.number("answers", 1, 1, Service.MAX_ANSWERS);
        Optional<Monitor> monitor = monitor(fields);
        List<Pool> pools = pools(fields);
        AllDown allDown =
                fields.read("all-down", allDownReader::read).orElseGet(AllDown.FailOpen::new);
        GuardLimits guard = GuardSection.read(fields);
        Comeback comeback = new ComebackReader(problems).read(fields);
        List<Binding> bindings = new BindingReader(problems).read(fields, pools);
        if (pools.isEmpty()) return Optional.empty();
        List<Rule> policy = rules.stream().map(WrittenRule::rule).toList();
        return problems.attempt(
                fields.at("pools"),
                () ->
                        new Service(
                                id,
                                List.copyOf(names.sequencedKeySet()),
                                ttl,
                                answers,
                                monitor,
                                pools,
                                new Policy(policy),
                                allDown,
                                guard,
                                comeback,
                                bindings));
    }

    private SequencedMap<DomainName, Spot> names(Fields fields) {
        if (fields.items("names").isEmpty())
            problems.refuse(
                    fields.at("names"), "has no name", "names = [\"www.example.com\"] is accepted");
        var names = new LinkedHashMap<DomainName, Spot>();
        for (Tree item : fields.items("names"))
            values.domainName(item).ifPresent(name -> claim(name, item.at(), names));
        return names;
    }

    private void claim(DomainName name, Spot at, Map<DomainName, Spot> names) {
        Spot before = taken.putIfAbsent(name, at);
        if (before == null) {
            names.put(name, at);
            return;
        }
        problems.refuse(
                at,
                name + " is a name of " + before.path() + " already (" + before + ")",
                "each name is accepted once in all services");
    }

    private Duration ttl(Fields fields) {
        Duration ttl = fields.duration("ttl", TTL, Duration.ofSeconds(1), Duration.ofDays(1));
        if (ttl.toMillisPart() != 0)
            problems.refuse(
                    fields.at("ttl"),
                    "is " + Values.written(ttl),
                    "whole seconds are accepted, since the DNS knows no shorter unit");
        if (ttl.compareTo(LONG_TTL) > 0)
            problems.warn(
                    fields.at("ttl"),
                    "is "
                            + Values.written(ttl)
                            + ", for which resolvers go on sending clients to a dead region",
                    "60s or less moves traffic in time");
        return ttl;
    }

    private Optional<Monitor> monitor(Fields fields) {
        if (!fields.has("monitor"))
            problems.warn(
                    fields.at(),
                    "has no monitor, so its endpoints always count as up",
                    "monitor = NAME watches them");
        return fields.read(
                        "monitor",
                        tree -> values.known(tree, "a monitor", monitorTrees.sequencedKeySet()))
                .flatMap(name -> Optional.ofNullable(monitors.get(name)));
    }

    private List<Pool> pools(Fields fields) {
        SequencedMap<String, Tree> section = fields.named("pools");
        if (section.isEmpty())
            problems.refuse(
                    fields.at("pools"),
                    "has no pool",
                    "pools { REGION { endpoints = [{ v4 = \"192.0.2.1\" }] } } is accepted");
        return poolSection.read(section, fields.has("monitor"));
    }

    private static Set<RegionId> served(Fields fields) {
        return fields.named("pools").sequencedKeySet().stream()
                .filter(RegionSection::isName)
                .map(RegionId::new)
                .collect(Collectors.toSet());
    }
}
