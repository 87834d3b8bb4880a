package meridian.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import meridian.record.ZoneContents;
import meridian.topology.ClientSet;
import meridian.topology.Topology;

/// Everything the files say, checked: names that are used are defined, and zones and services fit
/// together.
///
/// @param clientSets by name, those that no rule uses too
/// @param dataDirectory where a node keeps what must survive its restart, in a folder of its own
///   name
/// @param watchedFiles every file and folder whose change may change this value
/// @param hash SHA-256 in hexadecimal over all that steers answers, the same however it is spaced,
///   ordered or split into files; nodes compare it in their beats
public record Configuration(
        Topology topology,
        List<ZoneContents> zones,
        SequencedMap<String, ClientSet> clientSets,
        GeoSettings geo,
        ClusterSettings cluster,
        ApiSettings api,
        DnsLimits dns,
        Path dataDirectory,
        SortedSet<Path> watchedFiles,
        String hash) {

    public Configuration {
        zones = List.copyOf(zones);
        clientSets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(clientSets));
        watchedFiles = Collections.unmodifiableSortedSet(new TreeSet<>(watchedFiles));
    }
}
