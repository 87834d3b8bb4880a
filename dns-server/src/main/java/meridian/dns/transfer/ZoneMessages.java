package meridian.dns.transfer;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import meridian.dns.Transfers;
import meridian.dns.tsig.TsigSession;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Query;
import meridian.dns.wire.Response;
import meridian.dns.wire.ResponseWriter;
import meridian.record.RRset;

/// Records in as many messages as they take, each of which is made when there is room for it.
final class ZoneMessages implements Transfers.Messages {

    /// Octets of records in one message, uncompressed. Pointers reach as far, and whoever waits for
    /// the next message waits less; a record that is longer has one to itself.
    private static final int ROOM = 0x3f00;

    /// Octets of a record beside its owner and its data.
    private static final int HEAD = 10;

    private final Query query;
    private final int payloadSize;
    private final Iterator<RRset> rrsets;
    private final Optional<TsigSession> session;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final LeastRate leastRate;
    private final Ending ending;
    private long taken;
    private boolean isCutOff;
    private boolean hasEnded;
    private Optional<RRset> current = Optional.empty();
    private int next;

    /// What is to be done when nobody takes any more.
    @FunctionalInterface
    interface Ending {
        /// Told that it is so.
        ///
        /// @param isCutOff whether that is since they were taken too slowly
        void ended(boolean isCutOff);
    }

    /// @param payloadSize octets that we take over UDP, for OPT
    /// @param session signs them, if the query was signed
    /// @param nanos monotonic; the transfer begins now
    /// @param ending told once
    ZoneMessages(
            Query query,
            int payloadSize,
            Iterator<RRset> rrsets,
            Optional<TsigSession> session,
            InstantSource clock,
            LongSupplier nanos,
            Ending ending) {
        this.query = query;
        this.payloadSize = payloadSize;
        this.rrsets = rrsets;
        this.session = session;
        this.clock = clock;
        this.nanos = nanos;
        this.leastRate = new LeastRate(nanos.getAsLong());
        this.ending = ending;
    }

    @Override
    public boolean next(ByteBuffer out) {
        List<RRset> records;
        try {
            records = records();
        } catch (IllegalStateException _) {
            // Its memory went back: the lease of this transfer ended before it did.
            isCutOff = true;
            return false;
        }
        if (records.isEmpty()) return false;
        if (leastRate.isMissed(taken, nanos.getAsLong())) {
            isCutOff = true;
            return false;
        }
        taken++;
        int start = out.position();
        Response response = Response.to(query, Answer.saying(records), payloadSize, List.of());
        int reserved = session.map(TsigSession::length).orElse(0);
        if (ResponseWriter.write(response, ResponseWriter.MAX_LENGTH - reserved, out))
            throw new IllegalStateException(
                    "a record of " + records.getFirst().owner() + " is too long for any message");
        session.ifPresent(it -> it.sign(out, start, clock.instant()));
        return true;
    }

    @Override
    public boolean isCutOff() {
        return isCutOff;
    }

    @Override
    public void end() {
        if (!hasEnded) ending.ended(isCutOff);
        hasEnded = true;
    }

    /// As many as one message takes, in their order; an RRset may go on in the next message.
    private List<RRset> records() {
        var records = new ArrayList<RRset>();
        int room = ROOM;
        while (room > 0 && hasCurrent()) {
            RRset rrset = current.orElseThrow();
            int begin = next;
            while (next < rrset.rdata().size()) {
                int length = rrset.owner().wireLength() + HEAD + rrset.rdata().get(next).length;
                if (length > room && room < ROOM) break;
                room -= length;
                next++;
            }
            boolean isWhole = next == rrset.rdata().size();
            if (next > begin)
                records.add(
                        new RRset(
                                rrset.owner(),
                                rrset.type(),
                                rrset.ttl(),
                                rrset.rdata().subList(begin, next)));
            if (!isWhole) break;
            current = Optional.empty();
        }
        return records;
    }

    private boolean hasCurrent() {
        if (current.isEmpty() && rrsets.hasNext()) {
            current = Optional.of(rrsets.next());
            next = 0;
        }
        return current.isPresent();
    }
}
