package meridian.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import meridian.record.DomainName;
import meridian.record.ZoneContents;
import meridian.signing.TsigKey;
import meridian.signing.ZoneSigning;
import meridian.topology.ClientSet;
import meridian.topology.NodeId;
import meridian.topology.SelfTest;
import meridian.topology.Topology;
import meridian.topology.ZoneTransfer;

/// Everything the files say, checked: names that are used are defined, and zones and services fit
/// together.
///
/// @param reach where a node finds what is probed at an address and port, if not there; nothing for
///   nodes that find all where it is
/// @param selfTests by which a checker knows whether it sees at all; nothing for other nodes
/// @param signed how those of the zones are signed that are, by apex
/// @param transfers of the zones that are given to secondaries, by apex
/// @param transferKeys by name
/// @param clientSets by name, those that no rule uses too
/// @param dataDirectory where a node keeps what must survive its restart, in a folder of its own
///   name
/// @param watchedFiles every file and folder whose change may change this value
/// @param texts the files whose content it was made of; secrets and geo databases are not among
///   them
/// @param hash SHA-256 in hexadecimal over all that steers answers, the same however it is spaced,
///   ordered or split into files; nodes compare it in their beats
public record Configuration(
        Topology topology,
        SequencedMap<NodeId, Map<InetSocketAddress, InetSocketAddress>> reach,
        SequencedMap<NodeId, SelfTest> selfTests,
        List<ZoneContents> zones,
        SequencedMap<DomainName, ZoneSigning> signed,
        SequencedMap<DomainName, ZoneTransfer> transfers,
        SequencedMap<DomainName, TsigKey> transferKeys,
        SequencedMap<String, ClientSet> clientSets,
        GeoSettings geo,
        ClusterSettings cluster,
        ApiSettings api,
        DnsLimits dns,
        Path dataDirectory,
        SortedSet<Path> watchedFiles,
        SortedSet<Path> texts,
        String hash)
        implements AutoCloseable {

    public Configuration {
        reach = copied(reach);
        selfTests = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(selfTests));
        zones = List.copyOf(zones);
        signed = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(signed));
        transfers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(transfers));
        transferKeys = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(transferKeys));
        clientSets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(clientSets));
        watchedFiles = Collections.unmodifiableSortedSet(new TreeSet<>(watchedFiles));
        texts = Collections.unmodifiableSortedSet(new TreeSet<>(texts));
    }

    /// Gives the memory of its zones back at once; nobody may look at them any more.
    @Override
    public void close() {
        zones.forEach(ZoneContents::close);
    }

    /// What `node` connects to, to probe an address and port.
    public UnaryOperator<InetSocketAddress> route(NodeId node) {
        Map<InetSocketAddress, InetSocketAddress> found = reach.getOrDefault(node, Map.of());
        return target -> found.getOrDefault(target, target);
    }

    /// How the checker of `node` tests itself.
    public SelfTest selfTest(NodeId node) {
        return selfTests.getOrDefault(node, SelfTest.OFF);
    }

    /// How the zones are given that `node` is the primary of, by apex.
    public Map<DomainName, ZoneTransfer> transfersOf(NodeId node) {
        var found = new HashMap<DomainName, ZoneTransfer>();
        transfers.forEach(
                (apex, transfer) -> {
                    if (transfer.primary().equals(node)) found.put(apex, transfer);
                });
        return Map.copyOf(found);
    }

    private static SequencedMap<NodeId, Map<InetSocketAddress, InetSocketAddress>> copied(
            SequencedMap<NodeId, Map<InetSocketAddress, InetSocketAddress>> reach) {
        var copy = new LinkedHashMap<NodeId, Map<InetSocketAddress, InetSocketAddress>>();
        reach.forEach((node, found) -> copy.put(node, Map.copyOf(found)));
        return Collections.unmodifiableSequencedMap(copy);
    }
}
