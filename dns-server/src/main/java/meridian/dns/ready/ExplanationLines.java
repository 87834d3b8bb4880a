package meridian.dns.ready;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.dns.Client;
import meridian.dns.Explanations;
import meridian.dns.wire.ClientSubnet;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.steering.Candidate;
import meridian.steering.Explanation;
import meridian.steering.PoolState;
import meridian.steering.Rdata;
import meridian.topology.Network;
import meridian.topology.RegionId;

/// What the [Explainer] says, in lines that fit into TXT records, each with its type before it:
///
/// ```
/// A for 192.0.2.0/24: 198.51.100.10 in us-east, because an active region is up
/// A by shop.example.com., service shop, rule 1; holds for 20 s, for all within /9
/// A 1 us-east: up; 2 of 2 endpoints up, 1 needed; answered
/// A us-east 198.51.100.10 is up
/// ```
public final class ExplanationLines implements Explanations {

    /// Octets of a string in a TXT record (RFC 1035 §3.3).
    private static final int LONGEST = 255;

    /// Of which something is said in any case; where a service is of names, either leads to its
    /// CNAME.
    private static final List<RecordType> TYPES = List.of(RecordType.A, RecordType.AAAA);

    /// Of which something is said where they are steered.
    private static final List<RecordType> FURTHER =
            List.of(RecordType.MX, RecordType.SRV, RecordType.SVCB, RecordType.HTTPS);

    private final List<Network> askers;
    private final Supplier<Edition> current;

    /// @param askers where those are who may ask, by the address that a query comes from
    public ExplanationLines(List<Network> askers, Supplier<Edition> current) {
        this.askers = List.copyOf(askers);
        this.current = current;
    }

    @Override
    public Optional<List<String>> lines(DomainName name, Client client, long draw) {
        if (askers.stream().noneMatch(network -> network.contains(client.resolver())))
            return Optional.empty();
        Edition edition = current.get();
        Network network = network(client);
        var lines = new LinkedHashSet<String>();
        for (RecordType type : TYPES) {
            Explainer.explain(edition, name, type, network, draw)
                    .map(ExplanationLines::of)
                    .orElseGet(() -> Stream.of(Explainer.instead(edition, name, type)))
                    .map(ExplanationLines::cut)
                    .forEach(lines::add);
        }
        for (RecordType type : FURTHER) {
            Explainer.explain(edition, name, type, network, draw).stream()
                    .flatMap(ExplanationLines::of)
                    .map(ExplanationLines::cut)
                    .forEach(lines::add);
        }
        return Optional.of(new ArrayList<>(lines));
    }

    /// Whom an answer would be for: the same as for any query.
    private static Network network(Client client) {
        Optional<ClientSubnet> told = client.subnet().filter(subnet -> subnet.sourcePrefix() > 0);
        byte[] alone = client.resolver().getAddress();
        return told.map(subnet -> network(subnet.address(), subnet.sourcePrefix()))
                .orElseGet(() -> network(alone, 8 * alone.length));
    }

    private static Network network(byte[] address, int prefix) {
        try {
            return new Network(InetAddress.getByAddress(address), prefix);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 and 16 octets always make an address", impossible);
        }
    }

    /// Of a record about addresses no more than that: what was weighed is told of these.
    private static Stream<String> of(Explanation explanation) {
        Stream<String> head = Stream.of(choice(explanation), circumstances(explanation));
        Stream<String> candidates =
                explanation.candidates().stream().map(each -> candidate(each, explanation));
        Stream<String> endpoints =
                explanation.candidates().stream().flatMap(each -> endpoints(each, explanation));
        return Stream.of(head, candidates, endpoints)
                .flatMap(lines -> lines)
                .map(line -> explanation.type() + " " + line);
    }

    private static String choice(Explanation explanation) {
        String answer =
                explanation.choice().records().stream()
                        .map(Rdata::toString)
                        .collect(Collectors.joining(", "));
        return "for "
                + explanation.client()
                + ": "
                + (answer.isEmpty() ? "nothing (NODATA)" : answer)
                + regions(explanation)
                + ", because "
                + explanation.choice().reason().sentence();
    }

    private static String regions(Explanation explanation) {
        List<RegionId> regions = explanation.choice().regions();
        return regions.isEmpty()
                ? ""
                : " in " + regions.stream().map(RegionId::name).collect(Collectors.joining(", "));
    }

    private static String circumstances(Explanation explanation) {
        String rule =
                explanation.rule().isPresent()
                        ? "rule " + (explanation.rule().getAsInt() + 1)
                        : "no rule is for this client";
        return "by "
                + explanation.owner()
                + ", service "
                + explanation.service().id().name()
                + ", "
                + rule
                + "; holds for "
                + explanation.service().ttl().toSeconds()
                + " s, for all within /"
                + explanation.scope();
    }

    private static String candidate(Candidate candidate, Explanation explanation) {
        return (candidate.tier() + 1)
                + (candidate.weight() > 1 ? " x" + candidate.weight() : "")
                + " "
                + candidate.region()
                + (candidate.pool().standby() ? " (standby)" : "")
                + ": "
                + candidate.condition(explanation.type())
                + "; "
                + explanation.outcome(candidate);
    }

    private static Stream<String> endpoints(Candidate candidate, Explanation explanation) {
        return candidate.pool().endpoints(explanation.type()).stream()
                .map(measured -> candidate.region() + " " + endpoint(measured));
    }

    private static String endpoint(PoolState.Measured measured) {
        return measured.endpoint().destination()
                + " is "
                + measured.health().name().toLowerCase(Locale.ROOT);
    }

    /// Names may be long, and made of octets that have to be escaped.
    private static String cut(String line) {
        byte[] octets = line.getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(octets.length, LONGEST);
        return StandardCharsets.US_ASCII.decode(ByteBuffer.wrap(octets, 0, length)).toString();
    }
}
