package meridian.dns;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import meridian.dns.wire.Rcode;

/// What a [Responder] has done, counted without a lock.
public final class ResponderCounters {

    private final Map<Transport, Map<Rcode, LongAdder>> responses = adders();
    private final LongAdder ignored = new LongAdder();
    private final LongAdder truncated = new LongAdder();
    private final LongAdder defects = new LongAdder();

    /// Totals since the start.
    ///
    /// @param responses by transport and rcode, every pair of them
    /// @param ignored messages that were not answered, see [meridian.dns.wire.Incoming.Ignored]
    /// @param truncated responses with TC
    /// @param defects queries on which our code failed; they got SERVFAIL
    public record Counts(
            Map<Transport, Map<Rcode, Long>> responses,
            long ignored,
            long truncated,
            long defects) {

        public long responses(Transport transport, Rcode rcode) {
            return responses.getOrDefault(transport, Map.of()).getOrDefault(rcode, 0L);
        }
    }

    public Counts counts() {
        var sums = new EnumMap<Transport, Map<Rcode, Long>>(Transport.class);
        responses.forEach((transport, adders) -> sums.put(transport, sums(adders)));
        return new Counts(sums, ignored.sum(), truncated.sum(), defects.sum());
    }

    private static Map<Rcode, Long> sums(Map<Rcode, LongAdder> adders) {
        var sums = new EnumMap<Rcode, Long>(Rcode.class);
        adders.forEach((rcode, adder) -> sums.put(rcode, adder.sum()));
        return sums;
    }

    private static Map<Transport, Map<Rcode, LongAdder>> adders() {
        var adders = new EnumMap<Transport, Map<Rcode, LongAdder>>(Transport.class);
        for (Transport transport : Transport.values()) adders.put(transport, perRcode());
        return adders;
    }

    private static Map<Rcode, LongAdder> perRcode() {
        var adders = new EnumMap<Rcode, LongAdder>(Rcode.class);
        for (Rcode rcode : Rcode.values()) adders.put(rcode, new LongAdder());
        return adders;
    }

    void responded(Transport transport, Rcode rcode, boolean wasTruncated) {
        requireNonNull(requireNonNull(responses.get(transport)).get(rcode)).increment();
        if (wasTruncated) truncated.increment();
    }

    void ignored() {
        ignored.increment();
    }

    void defect() {
        defects.increment();
    }
}
