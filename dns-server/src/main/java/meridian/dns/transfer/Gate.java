package meridian.dns.transfer;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import meridian.dns.Transfers;
import meridian.dns.tsig.Replays;
import meridian.dns.tsig.TsigKeys;
import meridian.dns.tsig.TsigOutcome;
import meridian.dns.tsig.TsigSession;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Edns;
import meridian.dns.wire.Query;
import meridian.dns.wire.Question;
import meridian.dns.wire.Rcode;
import meridian.dns.wire.Response;
import meridian.dns.wire.ResponseWriter;
import meridian.dns.zone.Zone;
import meridian.record.DomainName;
import meridian.record.RRset;

/// Lets those have a zone who may. What it does not give, the responder refuses: with the reason,
/// where a signature is wrong.
public final class Gate implements Transfers {

    private static final int IXFR = 251;

    private final Supplier<Map<DomainName, Published>> published;
    private final Supplier<TsigKeys> keys;
    private final int payloadSize;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Replays replays = new Replays();
    private final Room room = new Room();
    private final Leases leases = new Leases();
    private final LongAdder given = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();
    private final LongAdder cutOff = new LongAdder();

    /// @param nanos monotonic
    Gate(
            Supplier<Map<DomainName, Published>> published,
            Supplier<TsigKeys> keys,
            int payloadSize,
            InstantSource clock,
            LongSupplier nanos) {
        this.published = published;
        this.keys = keys;
        this.payloadSize = payloadSize;
        this.clock = clock;
        this.nanos = nanos;
    }

    /// Who asks, as far as a signature tells.
    private record Asker(Optional<DomainName> key, Optional<TsigSession> session) {

        static final Asker UNSIGNED = new Asker(Optional.empty(), Optional.empty());
    }

    @Override
    public Optional<Messages> begin(ByteBuffer message, Query query, InetSocketAddress from) {
        Optional<Asker> asker = asker(message, query);
        if (asker.isEmpty()) return Optional.empty();
        Optional<Published> zone = zone(query, asker.get().key(), from);
        Optional<Iterator<RRset>> records = zone.flatMap(it -> records(it, query));
        if (records.isEmpty()) return Optional.empty();
        if (query.tsig().isPresent() && !replays.isNew(query.tsig().get(), clock.instant()))
            return Optional.of(replayed(query, asker.get().session().orElseThrow()));
        Room.Holder holder = Room.Holder.of(asker.get().key(), from.getAddress());
        if (!room.take(holder)) {
            turnedAway.increment();
            return Optional.empty();
        }
        given.increment();
        Zone read = zone.orElseThrow().version().content().zone();
        leases.take(read);
        return Optional.of(
                new ZoneMessages(
                        query,
                        payloadSize,
                        records.get(),
                        asker.get().session(),
                        clock,
                        nanos,
                        isCutOff -> ended(read, holder, isCutOff)));
    }

    private void ended(Zone read, Room.Holder holder, boolean isCutOff) {
        leases.end(read);
        room.leave(holder);
        if (isCutOff) cutOff.increment();
    }

    @Override
    public Optional<RRset> newest(
            Query query, Optional<DomainName> signer, InetSocketAddress from) {
        return isOfChanges(query) && query.known().isPresent()
                ? zone(query, signer, from).map(zone -> zone.version().bareSoa())
                : Optional.empty();
    }

    /// If this client may have it.
    private Optional<Published> zone(
            Query query, Optional<DomainName> signer, InetSocketAddress from) {
        if (!isPlain(query)) return Optional.empty();
        return Optional.ofNullable(published.get().get(query.question().name()))
                .filter(zone -> zone.how().admits(signer, from.getAddress()));
    }

    private static boolean isPlain(Query query) {
        return query.question().dnsClass() == Question.IN
                && query.edns().map(Edns::version).orElse(0) == 0;
    }

    private Optional<Asker> asker(ByteBuffer message, Query query) {
        if (query.tsig().isEmpty()) return Optional.of(Asker.UNSIGNED);
        return keys.get().check(message, query.tsig().get(), clock.instant())
                        instanceof TsigOutcome.Genuine(var key, var session)
                ? Optional.of(new Asker(Optional.of(key.name()), Optional.of(session)))
                : Optional.empty();
    }

    /// Nothing for an IXFR that does not say what its sender has.
    private static Optional<Iterator<RRset>> records(Published zone, Query query) {
        if (!isOfChanges(query)) return Optional.of(zone.version().all());
        return query.known().map(zone::since);
    }

    private static boolean isOfChanges(Query query) {
        return query.question().type().number() == IXFR;
    }

    private Messages replayed(Query query, TsigSession session) {
        var refused = TsigKeys.replayed(query.tsig().orElseThrow(), session);
        Response response = Response.to(query, Answer.bare(Rcode.NOTAUTH), payloadSize, List.of());
        return new Messages() {
            private boolean isSaid;

            @Override
            public boolean next(ByteBuffer out) {
                if (isSaid) return false;
                isSaid = true;
                int start = out.position();
                ResponseWriter.write(response, ResponseWriter.PLAIN_UDP, out);
                refused.answering().append(out, start, clock.instant());
                return true;
            }
        };
    }

    /// Whether a transfer reads this zone.
    boolean isGiving(Zone zone) {
        return leases.isRead(zone);
    }

    /// Transfers that were taken too slowly, or took so long that what they read was given back,
    /// since the start.
    public long cutOff() {
        return cutOff.sum();
    }

    /// Transfers that were begun, since the start.
    public long given() {
        return given.sum();
    }

    /// Transfers that were refused because as many were under way as there may be, or as their
    /// holder may have, since the start.
    public long turnedAway() {
        return turnedAway.sum();
    }
}
