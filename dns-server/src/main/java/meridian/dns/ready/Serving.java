package meridian.dns.ready;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import meridian.dns.Tails;
import meridian.dns.geo.Atlas;
import meridian.dns.signed.Signing;
import meridian.dns.signed.ZoneSigner;
import meridian.dns.zone.SteeredName;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.health.Quorum;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.steering.Latch;
import meridian.steering.Preferences;
import meridian.steering.Return;
import meridian.steering.ServiceState;
import meridian.steering.WishBook;
import meridian.steering.Wishes;
import meridian.topology.Comeback;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.Topology;

/// What the configuration, the zone files and the geo tables ask to be served: everything of a
/// snapshot that neither health nor an operator changes.
public final class Serving implements AutoCloseable {

    private final Topology topology;
    private final Atlas atlas;
    private final Zones zones;
    private final Tails tails;
    private final Preferences preferences;
    private final List<Service> services;
    private final PolicyClasses classes;
    private final List<LocationClasses> classesOfServices;
    private final Map<DomainName, List<SteeredName>> steered;
    private final Signing signing;

    /// Zones whose serial moves, by apex.
    private final Set<DomainName> moving;

    /// What the zone files say of zones that are signed: by which they are signed again.
    private final List<ZoneContents> unsigned;

    /// Of each service, by those of its names that are in a signed zone.
    private final List<Map<DomainName, ZoneSigner>> signers;

    private final List<Latch> latches;
    private final boolean isAnyByHand;
    private final Watched watched;
    private final Quorum quorum;

    private Serving(
            Topology topology,
            List<ZoneContents> contents,
            Atlas atlas,
            Signing signing,
            Set<DomainName> moving,
            PolicyClasses before) {
        this.topology = topology;
        this.signing = signing;
        this.moving = Set.copyOf(moving);
        this.atlas = atlas;
        this.services = List.copyOf(topology.services().values());
        this.steered = SteeredNames.byApex(services, contents);
        this.zones = zones(contents);
        this.unsigned =
                contents.stream().filter(zone -> signing.signer(zone.apex()).isPresent()).toList();
        this.signers = signersOfServices();
        this.tails = Tails.of(zones);
        this.preferences = new Preferences(topology);
        this.quorum = Quorum.of(List.copyOf(topology.nodes().values()));
        this.latches = services.stream().map(Latch::new).toList();
        this.isAnyByHand = services.stream().anyMatch(service -> service.comeback().byHand());
        this.watched = new Watched(services, latches);
        this.classes = PolicyClasses.of(topology, preferences, atlas, before);
        this.classesOfServices =
                services.stream().map(service -> classes.of(service.policy())).toList();
    }

    /// Compiles what is to be served; seconds for a geo database of millions of networks, so never
    /// where a query waits.
    ///
    /// @param contents zones that hold the owner names of the topology's services
    /// @param moving those whose serial moves, by apex
    /// @param before of what served before, to be taken over where they would be the same
    /// @throws IllegalArgumentException naming a steered name that its zone cannot hold
    public static Serving of(
            Topology topology,
            List<ZoneContents> contents,
            Atlas atlas,
            Signing signing,
            Set<DomainName> moving,
            PolicyClasses before) {
        return new Serving(topology, contents, atlas, signing, moving, before);
    }

    /// The same where no serial moves, and nothing served before.
    public static Serving of(
            Topology topology, List<ZoneContents> contents, Atlas atlas, Signing signing) {
        return of(topology, contents, atlas, signing, Set.of(), PolicyClasses.NONE);
    }

    /// The same where no zone is signed.
    public static Serving of(Topology topology, List<ZoneContents> contents, Atlas atlas) {
        return of(topology, contents, atlas, Signing.NONE);
    }

    private Serving(Serving before, Instant at) {
        this.topology = before.topology;
        this.atlas = before.atlas;
        this.services = before.services;
        this.preferences = before.preferences;
        this.quorum = before.quorum;
        this.latches = before.latches;
        this.isAnyByHand = before.isAnyByHand;
        this.watched = before.watched;
        this.classes = before.classes;
        this.classesOfServices = before.classesOfServices;
        this.steered = before.steered;
        this.moving = before.moving;
        this.unsigned = before.unsigned;
        this.signing = before.signing.again(at);
        this.zones =
                new Zones(
                        Stream.concat(
                                        before.zones.all().filter(zone -> !zone.isSigned()),
                                        unsigned.stream().map(this::zone))
                                .toList(),
                        moving);
        this.signers = signersOfServices();
        this.tails = Tails.of(zones);
    }

    /// The same, signed with the keys that are active at a moment, and with signatures that live
    /// for a while yet. What has them is not signed again.
    public Serving signedAgain(Instant at) {
        return new Serving(this, at);
    }

    /// Gives back what was made of the zones at once; nobody may ask by this any more.
    @Override
    public void close() {
        tails.close();
        signedZones().forEach(Zone::close);
    }

    /// Those that are this one's alone: what is signed again has the others from before.
    public Stream<Zone> signedZones() {
        return zones.all().filter(Zone::isSigned);
    }

    /// With what it is signed.
    public Signing signing() {
        return signing;
    }

    /// Of the service at a position, by those of its names that are in a signed zone.
    Map<DomainName, ZoneSigner> signers(int service) {
        return signers.get(service);
    }

    public Topology topology() {
        return topology;
    }

    public Atlas atlas() {
        return atlas;
    }

    public Zones zones() {
        return zones;
    }

    /// What is ready of the zones' responses.
    Tails tails() {
        return tails;
    }

    /// What the ready tails of all zones take up.
    public long tailBytes() {
        return tails.bytes();
    }

    /// What the tables from client networks to location classes take up.
    public long locationBytes() {
        return classes.bytes();
    }

    /// The order in which any client likes the regions.
    Preferences preferences() {
        return preferences;
    }

    public Quorum quorum() {
        return quorum;
    }

    /// Everything that is probed, over all services.
    public Set<WatchKey> keys() {
        return watched.probed();
    }

    /// Each endpoint that is watched under this key.
    public List<WatchedEndpoint> endpoints(WatchKey key) {
        return watched.endpoints(key);
    }

    /// The address that is probed for what is watched under this key.
    public Optional<InetAddress> probed(WatchKey key) {
        return watched.address(key);
    }

    /// On what there are verdicts.
    Watched watched() {
        return watched;
    }

    /// The services at the positions by which steered names know them.
    List<Service> services() {
        return services;
    }

    /// Whether people let any service back by hand.
    boolean isAnyByHand() {
        return isAnyByHand;
    }

    /// Of the service at a position.
    Latch latch(int service) {
        return latches.get(service);
    }

    /// Which classes clients of the service at a position are in.
    LocationClasses classes(int service) {
        return classesOfServices.get(service);
    }

    /// Which classes clients are in, by policy.
    public PolicyClasses classes() {
        return classes;
    }

    /// The services of which nobody knows or wants anything.
    List<ServiceState> unmeasured() {
        return services.stream().map(this::unmeasured).toList();
    }

    private ServiceState unmeasured(Service service) {
        return ServiceState.of(service, topology, _ -> Optional.empty(), _ -> Wishes.NONE);
    }

    /// The service at a position as it is, where nothing climbs.
    ServiceState state(int service, Trie<WatchKey, Verdict> verdicts, WishBook wishes) {
        ServiceState unmeasured = unmeasured(services.get(service));
        ServiceState measured = watched.measured(service, unmeasured, verdicts);
        return wished(service, measured, verdicts, Climbs.NONE, wishes);
    }

    /// The service at a position with what operators ask for now, and how far its pools are on
    /// their way back; itself, if that is the same.
    ServiceState wished(
            int service,
            ServiceState state,
            Trie<WatchKey, Verdict> verdicts,
            Climbs climbing,
            WishBook wishes) {
        return state.wishing(
                region -> wishes.of(region, state.service().id()),
                (region, type) -> back(service, region, type, verdicts, climbing));
    }

    /// Whether no pool of the service at a position is ever on its way back.
    boolean isAlwaysBack(int service) {
        return services.get(service).comeback().equals(Comeback.AUTOMATIC);
    }

    /// How far a pool is on its way back; most services have none that ever is.
    private Optional<Return> back(
            int index,
            RegionId region,
            RecordType type,
            Trie<WatchKey, Verdict> verdicts,
            Climbs climbing) {
        if (isAlwaysBack(index)) return Optional.empty();
        return latch(index)
                .fall(verdicts, region, type)
                .<Return>map(Return.Waits::new)
                .or(() -> climbing.of(services.get(index), region, type));
    }

    private Zones zones(List<ZoneContents> contents) {
        return new Zones(contents.stream().map(this::zone).toList(), moving);
    }

    private Zone zone(ZoneContents contents) {
        List<SteeredName> names = steered.getOrDefault(contents.apex(), List.of());
        return signing.signer(contents.apex())
                .map(signer -> signer.sign(contents, names, this::ttl))
                .orElseGet(() -> Zone.of(contents, names));
    }

    private long ttl(SteeredName name) {
        return services.get(name.index()).ttl().toSeconds();
    }

    private List<Map<DomainName, ZoneSigner>> signersOfServices() {
        List<Map<DomainName, ZoneSigner>> all = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) all.add(new HashMap<>());
        steered.forEach(
                (apex, names) -> signing.signer(apex).ifPresent(signer -> put(names, signer, all)));
        return all.stream().<Map<DomainName, ZoneSigner>>map(Map::copyOf).toList();
    }

    private static void put(
            List<SteeredName> names, ZoneSigner signer, List<Map<DomainName, ZoneSigner>> into) {
        for (SteeredName name : names)
            into.get(name.index()).put(name.owner(), signer.ofSteered(name.owner()));
    }
}
