package meridian.dns;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import meridian.dns.ServerCookies.Standing;
import meridian.dns.wire.Rcode;

/// What a [Responder], and the fast paths before it, have done, counted without a lock.
public final class ResponderCounters {

    private final Map<Transport, Map<Rcode, LongAdder>> responses = adders();
    private final Map<Standing, LongAdder> cookies = adders(Standing.class);
    private final LongAdder ignored = new LongAdder();
    private final LongAdder truncated = new LongAdder();
    private final LongAdder defects = new LongAdder();
    private final List<Worker> workers = new CopyOnWriteArrayList<>();

    /// What one thread answers over UDP by itself.
    ///
    /// It alone writes here, with plain stores; whoever reads sees them a moment later. An adder
    /// costs an atomic addition for each query.
    public static final class Worker {

        private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

        /// By the number of the rcode, as a header has it.
        private final long[] answered = new long[16];

        private final long[] cookies = new long[Standing.values().length];

        private Worker() {}

        /// Counts one response.
        ///
        /// @param rcode its number, as the header has it
        public void answered(int rcode) {
            CELL.setOpaque(answered, rcode, answered[rcode] + 1);
        }

        /// Counts the cookie of one query.
        public void cookie(Standing standing) {
            CELL.setOpaque(cookies, standing.number(), cookies[standing.number()] + 1);
        }

        private long cookies(Standing standing) {
            return (long) CELL.getOpaque(cookies, standing.number());
        }

        private long answered(Rcode rcode) {
            return rcode.number() < answered.length
                    ? (long) CELL.getOpaque(answered, rcode.number())
                    : 0;
        }
    }

    /// Totals since the start.
    ///
    /// @param responses by transport and rcode, every pair of them
    /// @param fast those of them that a fast path gave
    /// @param cookies queries with a cookie, by what it was worth
    /// @param ignored messages that were not answered, see [meridian.dns.wire.Incoming.Ignored]
    /// @param truncated responses with TC
    /// @param defects queries on which our code failed; they got SERVFAIL, or, if it was the fast
    ///   path that failed, what the responder said
    public record Counts(
            Map<Transport, Map<Rcode, Long>> responses,
            long fast,
            Map<Standing, Long> cookies,
            long ignored,
            long truncated,
            long defects) {

        public long responses(Transport transport, Rcode rcode) {
            return responses.getOrDefault(transport, Map.of()).getOrDefault(rcode, 0L);
        }
    }

    public Counts counts() {
        var sums = new EnumMap<Transport, Map<Rcode, Long>>(Transport.class);
        responses.forEach((transport, adders) -> sums.put(transport, sums(Rcode.class, adders)));
        long fast = 0;
        for (Worker worker : workers) {
            for (Rcode rcode : Rcode.values()) {
                long answered = worker.answered(rcode);
                requireNonNull(sums.get(Transport.UDP)).merge(rcode, answered, Long::sum);
                fast += answered;
            }
        }
        Map<Standing, Long> ofCookies = sums(Standing.class, cookies);
        for (Worker worker : workers)
            ofCookies.replaceAll((standing, sum) -> sum + worker.cookies(standing));
        return new Counts(sums, fast, ofCookies, ignored.sum(), truncated.sum(), defects.sum());
    }

    private static <K extends Enum<K>> Map<K, Long> sums(Class<K> keys, Map<K, LongAdder> adders) {
        var sums = new EnumMap<K, Long>(keys);
        adders.forEach((key, adder) -> sums.put(key, adder.sum()));
        return sums;
    }

    private static Map<Transport, Map<Rcode, LongAdder>> adders() {
        var adders = new EnumMap<Transport, Map<Rcode, LongAdder>>(Transport.class);
        for (Transport transport : Transport.values()) adders.put(transport, adders(Rcode.class));
        return adders;
    }

    private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> keys) {
        var adders = new EnumMap<K, LongAdder>(keys);
        for (K key : keys.getEnumConstants()) adders.put(key, new LongAdder());
        return adders;
    }

    Worker worker() {
        var worker = new Worker();
        workers.add(worker);
        return worker;
    }

    void responded(Transport transport, Rcode rcode, boolean wasTruncated) {
        requireNonNull(requireNonNull(responses.get(transport)).get(rcode)).increment();
        if (wasTruncated) truncated.increment();
    }

    void cookie(Standing standing) {
        requireNonNull(cookies.get(standing)).increment();
    }

    void ignored() {
        ignored.increment();
    }

    void defect() {
        defects.increment();
    }
}
