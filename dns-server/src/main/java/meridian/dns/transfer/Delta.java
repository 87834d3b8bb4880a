package meridian.dns.transfer;

import static java.util.function.Function.identity;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.dns.wire.Serial;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// What changed from one version of a zone to the next, as an IXFR tells it (RFC 1995 §4).
///
/// @param before the SOA that was, without signatures
/// @param removed with the signature of that SOA
/// @param after the SOA that is, likewise
record Delta(RRset before, List<RRset> removed, RRset after, List<RRset> added) {

    /// RRsets of its file. To compare larger zones record by record takes too much memory: whoever
    /// has them takes all of them anew when their files change. What is steered in them is compared
    /// all the same.
    static final int LARGEST_ZONE = 200_000;

    /// What is compared: an RRset, or the signatures of one.
    private record Part(DomainName owner, RecordType type, int covered) {
        static Part of(RRset rrset) {
            boolean isRrsig = rrset.type().equals(RecordType.RRSIG);
            int covered = isRrsig ? ByteBuffer.wrap(rrset.rdata().getFirst()).getShort() : 0;
            return new Part(rrset.owner(), rrset.type(), covered);
        }
    }

    /// Nothing if the zones are too large to tell.
    static Optional<Delta> between(Version before, Version after) {
        Content old = before.content();
        Content now = after.content();
        if (old.hasSameZone(now)) {
            Set<DomainName> proved = new HashSet<>(old.proofs().keySet());
            proved.addAll(now.proofs().keySet());
            return Optional.of(between(before, old.rrsets(proved), after, now.rrsets(proved)));
        }
        boolean isLarge = Math.max(ofFile(old), ofFile(now)) > LARGEST_ZONE;
        return isLarge
                ? Optional.empty()
                : Optional.of(between(before, old.rrsets(), after, now.rrsets()));
    }

    private static int ofFile(Content content) {
        return content.zone().rrsets().size();
    }

    private static Delta between(
            Version before, Stream<RRset> old, Version after, Stream<RRset> now) {
        var removed = new ArrayList<RRset>();
        var added = new ArrayList<RRset>();
        signatures(before.soa()).ifPresent(removed::add);
        signatures(after.soa()).ifPresent(added::add);
        Map<Part, RRset> were = new HashMap<>(old.collect(Collectors.toMap(Part::of, identity())));
        now.forEach(
                rrset -> {
                    RRset was = were.remove(Part.of(rrset));
                    if (was != null) less(was, rrset).ifPresent(removed::add);
                    (was == null ? Optional.of(rrset) : less(rrset, was)).ifPresent(added::add);
                });
        removed.addAll(were.values());
        return new Delta(
                before.bareSoa(), List.copyOf(removed), after.bareSoa(), List.copyOf(added));
    }

    private static Optional<RRset> signatures(RRset soa) {
        return Content.withSignatures(soa).skip(1).findFirst();
    }

    /// Those records of a set that are not in another; all, if that has another TTL.
    private static Optional<RRset> less(RRset rrset, RRset other) {
        if (rrset.ttl() != other.ttl()) return Optional.of(rrset);
        Set<ByteBuffer> others =
                other.rdata().stream().map(ByteBuffer::wrap).collect(Collectors.toSet());
        List<byte[]> rest =
                rrset.rdata().stream()
                        .filter(one -> !others.contains(ByteBuffer.wrap(one)))
                        .toList();
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new RRset(rrset.owner(), rrset.type(), rrset.ttl(), rest));
    }

    Serial from() {
        return Serial.of(before);
    }

    /// Records that it takes to tell.
    int size() {
        return 2 + records(removed) + records(added);
    }

    private static int records(List<RRset> rrsets) {
        return rrsets.stream().mapToInt(rrset -> rrset.rdata().size()).sum();
    }

    Stream<RRset> told() {
        return Stream.of(Stream.of(before), removed.stream(), Stream.of(after), added.stream())
                .flatMap(part -> part);
    }
}
