package meridian.dns.limit;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import meridian.dns.ResolverAddress;
import meridian.dns.Responder;
import meridian.dns.UdpAnswers;
import meridian.dns.wire.Header;
import meridian.dns.wire.Rcode;

/// Holds responses back where one client network would get too many. Who forges queries in its name
/// would flood it otherwise, and with more than they send themselves.
///
/// | the response is over the limit, and | what is sent |
/// |---|---|
/// | its network is exempt | the response |
/// | the query has a server cookie of ours, so that its address is not forged | the response |
/// | it is an error, and the turn of the slip | the response, which is no longer than the query |
/// | it is the turn of the slip | the question with TC: a client that exists asks again over TCP |
/// | all others | nothing |
///
/// A network is counted by kind of response, so that a flood of names that do not exist takes none
/// of its answers: answers, negative answers, referrals and errors.
///
/// What is within the limit costs a look into one line of a table, which all threads share. The
/// clock is not read for each query: an earlier time finds more that is too much, never less, and
/// before anything is held back the clock is read. Neither makes an object.
public final class RateLimiter {

    /// What became of a response that was over the limit.
    public enum Outcome {
        DROPPED,
        TRUNCATED,
        /// An error that was sent as it is.
        SENT,
        /// Sent as it is, for a good cookie.
        KNOWN
    }

    /// So many queries are counted at one time.
    private static final int CLOCK_EVERY = 32;

    private static final int IPV4_HOST_BITS = 8;
    private static final int IPV6_HOST_BITS = 8; // of the upper 64

    private static final long IPV6 = 1L << 60;
    private static final long ANSWER = 0;
    private static final long NEGATIVE = 1L << 61;
    private static final long REFERRAL = 2L << 61;
    private static final long ERROR = 3L << 61;

    private final RateTable table;
    private final int slip;

    /// An array: to walk through a list costs an object.
    private final Exemption[] exempt;

    private final Responder responder;
    private final LongSupplier nanos;
    private final long origin;
    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

    /// @param responder whose responses these are
    /// @param nanos a monotonic clock
    /// @param seed any number that nobody knows
    public RateLimiter(RateLimit limit, Responder responder, LongSupplier nanos, long seed) {
        this.table = new RateTable(limit.perSecond(), seed);
        this.slip = limit.slip();
        this.exempt = limit.exempt().stream().map(Exemption::of).toArray(Exemption[]::new);
        this.responder = responder;
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
        for (Outcome outcome : Outcome.values()) counts.put(outcome, new LongAdder());
    }

    /// The same answers, within the limit: for each thread its own.
    public Supplier<UdpAnswers> limiting(Supplier<UdpAnswers> answers) {
        return () -> new Limited(answers.get());
    }

    /// How often each came of a response that was over the limit.
    public long count(Outcome outcome) {
        return requireNonNull(counts.get(outcome)).sum();
    }

    private final class Limited implements UdpAnswers {

        private final UdpAnswers answers;
        private final HeldQuery overLimit =
                new HeldQuery(responder.cookies(), responder.payloadSize());
        private long now;
        private int untilClock;
        private int held;

        Limited(UdpAnswers answers) {
            this.answers = answers;
        }

        @Override
        public int answer(ByteBuffer query, ResolverAddress from, ByteBuffer out) {
            int start = out.position();
            int octets = answers.answer(query, from, out);
            if (octets == 0) return 0;
            if (--untilClock < 0) readClock();
            long kind = kind(out, start);
            long key = network(from) | kind;
            if (table.admits(key, now)) return octets;
            readClock();
            if (table.admits(key, now) || isExempt(from)) return octets;
            Outcome outcome = outcome(query, from, kind);
            requireNonNull(counts.get(outcome)).increment();
            return switch (outcome) {
                case KNOWN, SENT -> octets;
                case TRUNCATED -> overLimit.truncate(out, start, from);
                case DROPPED -> {
                    out.position(start);
                    yield 0;
                }
            };
        }

        private void readClock() {
            now = (nanos.getAsLong() - origin) / 1000;
            untilClock = CLOCK_EVERY;
        }

        private Outcome outcome(ByteBuffer query, ResolverAddress from, long kind) {
            overLimit.read(query);
            if (overLimit.isKnown(from)) return Outcome.KNOWN;
            if (slip == 0 || ++held % slip != 0) return Outcome.DROPPED;
            return kind == ERROR ? Outcome.SENT : Outcome.TRUNCATED;
        }
    }

    private boolean isExempt(ResolverAddress from) {
        for (Exemption one : exempt) if (one.holds(from)) return true;
        return false;
    }

    private static long network(ResolverAddress from) {
        return from.isIpv4()
                ? from.low() >>> IPV4_HOST_BITS
                : from.high() >>> IPV6_HOST_BITS | IPV6;
    }

    /// Told by the header: with an answer, an RCODE, or neither and AA or not. What has no question
    /// cannot be asked again.
    private static long kind(ByteBuffer out, int start) {
        int flags = out.getShort(start + 2);
        int rcode = flags & 0xf;
        if (rcode == Rcode.NXDOMAIN.number()) return NEGATIVE;
        if (rcode != Rcode.NOERROR.number() || out.getShort(start + 4) == 0) return ERROR;
        if (out.getShort(start + 6) != 0) return ANSWER;
        return (flags & Header.AA) != 0 ? NEGATIVE : REFERRAL;
    }
}
