package meridian.dns;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Rcode;
import meridian.dns.zone.Lookup;
import meridian.record.DomainName;
import meridian.record.RRset;

/// Tails of nothing but a zone's SOA, one for the whole zone: for a million names, made once in
/// place of two million times.
final class NegativeTails {

    private final TailWriter writer;
    private final Map<Negative, Shared> made = new HashMap<>();

    NegativeTails(TailWriter writer) {
        this.writer = writer;
    }

    /// A response with nothing but a zone's SOA.
    private record Negative(Rcode rcode, RRset soa) {}

    /// A tail for all names of a zone but those at or below the `taken`.
    record Shared(int tail, Set<DomainName> taken) {
        boolean serves(DomainName name) {
            return serves(name.toWire(), name.wireLength());
        }

        boolean serves(byte[] name, int end) {
            for (DomainName one : taken) if (one.isAtOrAbove(name, end)) return false;
            return true;
        }
    }

    Shared of(Rcode rcode, RRset soa) {
        return made.computeIfAbsent(new Negative(rcode, soa), this::write);
    }

    /// The tail of an outcome, if it was made before and serves the name.
    Optional<Integer> known(Lookup outcome, DomainName asked) {
        Optional<Negative> negative =
                switch (outcome) {
                    case Lookup.NoData(var soa, var _) ->
                            Optional.of(new Negative(Rcode.NOERROR, soa));
                    case Lookup.NameError(var soa, var _) ->
                            Optional.of(new Negative(Rcode.NXDOMAIN, soa));
                    default -> Optional.empty();
                };
        return negative.flatMap(one -> Optional.ofNullable(made.get(one)))
                .filter(ofZone -> ofZone.serves(asked))
                .map(Shared::tail);
    }

    private Shared write(Negative of) {
        DomainName apex = of.soa.owner();
        var answer =
                new Answer(of.rcode, true, List.of(), List.of(of.soa), List.of(), List.of(), 0);
        var taken = new HashSet<DomainName>();
        return Nobody.below(apex)
                .map(
                        nobody ->
                                writer.write(
                                        nobody, answer, Optional.of(apex), taken, Optional.empty()))
                .map(tail -> new Shared(tail, taken))
                .orElse(new Shared(0, Set.of(apex)));
    }
}
