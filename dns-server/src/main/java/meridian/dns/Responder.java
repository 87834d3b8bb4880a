package meridian.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import meridian.dns.tsig.TsigOutcome;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Cookie;
import meridian.dns.wire.Edns;
import meridian.dns.wire.EdnsOption;
import meridian.dns.wire.ExtendedError;
import meridian.dns.wire.Header;
import meridian.dns.wire.Incoming;
import meridian.dns.wire.Keepalive;
import meridian.dns.wire.Nsid;
import meridian.dns.wire.Padding;
import meridian.dns.wire.Query;
import meridian.dns.wire.QueryReader;
import meridian.dns.wire.Question;
import meridian.dns.wire.Rcode;
import meridian.dns.wire.Response;
import meridian.dns.wire.ResponseWriter;
import meridian.dns.wire.Tsig;
import meridian.dns.wire.ZoneVersion;
import meridian.record.DomainName;

/// One query in, one response out. Any number of threads may ask at once; each query reads one
/// [Snapshot] and waits for nothing.
public final class Responder {

    /// What we send and take over UDP at most: fits an IPv6 packet that no link must break up.
    public static final int PAYLOAD_SIZE = 1232;

    /// What its transports hold to, and clients are told.
    ///
    /// @param payloadSize octets we send over UDP at most, 512 to 65535
    /// @param idle for how long a connection may be silent
    public record Limits(int payloadSize, Duration idle) {

        public static final Limits DEFAULT = new Limits(PAYLOAD_SIZE, Duration.ofSeconds(10));

        public Limits {
            if (payloadSize < ResponseWriter.PLAIN_UDP || payloadSize > ResponseWriter.MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "the UDP payload size is " + payloadSize + "; 512 to 65535 is accepted");
            }
        }
    }

    private final Supplier<Snapshot> current;
    private final LongSupplier draws;
    private final int payloadSize;
    private final ServerCookies cookies;
    private final Optional<EdnsOption> nsid;
    private final EdnsOption keepalive;
    private final Chaos chaos;
    private final ResponderCounters counters = new ResponderCounters();
    private final DefectLog defects;
    private final InstantSource clock;
    private final Supplier<Secondaries> secondaries;

    /// A responder that has not been asked yet.
    ///
    /// @param current gives the snapshot of the moment: a volatile read
    /// @param draws numbers for weighted choices, from any thread
    /// @param told what it says of itself
    /// @param secondaries gives who may have whole zones at the moment
    public Responder(
            Supplier<Snapshot> current,
            LongSupplier draws,
            Limits limits,
            ServerCookies cookies,
            Told told,
            InstantSource clock,
            Supplier<Secondaries> secondaries) {
        this.current = current;
        this.draws = draws;
        this.payloadSize = limits.payloadSize();
        this.keepalive = new Keepalive(limits.idle()).option();
        this.cookies = cookies;
        this.nsid = told.node().map(node -> new Nsid(node).option());
        this.chaos = new Chaos(told);
        this.defects = new DefectLog(clock);
        this.clock = clock;
        this.secondaries = secondaries;
    }

    /// One that gives nobody a whole zone.
    public Responder(
            Supplier<Snapshot> current,
            LongSupplier draws,
            Limits limits,
            ServerCookies cookies,
            Told told,
            InstantSource clock) {
        this(current, draws, limits, cookies, told, clock, () -> Secondaries.NONE);
    }

    /// Octets that a response over UDP has at most.
    public int payloadSize() {
        return payloadSize;
    }

    /// What makes and knows the cookies of its responses.
    public ServerCookies cookies() {
        return cookies;
    }

    public ResponderCounters.Counts counts() {
        return counters.counts();
    }

    /// What answers the datagrams of one thread of a transport.
    public UdpAnswers udpAnswers() {
        return (query, from, out) -> {
            int start = out.position();
            boolean hasResponse = respond(query, from.toSocketAddress(), Transport.UDP, out);
            return hasResponse ? out.position() - start : 0;
        };
    }

    /// Where one more thread that answers for this responder counts.
    public ResponderCounters.Worker worker() {
        return counters.worker();
    }

    /// A fast path before this responder has failed, and asks it the same.
    public void fastPathFailed(RuntimeException defect) {
        counters.defect();
        defects.logOfFastPath(defect);
    }

    /// Writes the response to `query` into `out`, from its position on.
    ///
    /// @param query a message, from its position to its limit; big-endian, as buffers begin
    /// @param out with room for as much as the transport carries, else the response is cut to the
    ///   room there is
    /// @return whether there is a response; if not, nothing is to be sent
    public boolean respond(
            ByteBuffer query, InetSocketAddress source, Transport transport, ByteBuffer out) {
        return switch (QueryReader.read(query)) {
            case Query asked -> {
                if (asked.tsig().isEmpty()) answer(asked, Optional.empty(), source, transport, out);
                else answerSigned(query, asked, asked.tsig().get(), source, transport, out);
                yield true;
            }
            case Incoming.CookieQuery asked -> {
                answer(asked, source, transport, out);
                yield true;
            }
            case Incoming.Malformed(var header, var question, var hasEdns) -> {
                reject(header, question, hasEdns, Answer.bare(Rcode.FORMERR), transport, out);
                yield true;
            }
            case Incoming.OtherOpcode(var header, var question, var hasEdns) -> {
                reject(
                        header,
                        repeated(question, header),
                        hasEdns,
                        Refusal.of(header),
                        transport,
                        out);
                yield true;
            }
            case Incoming.Ignored() -> {
                counters.ignored();
                yield false;
            }
        };
    }

    /// The messages of a zone transfer, if a query over TCP asks for one and its sender may have
    /// it; all else is to be responded to.
    public Optional<Transfers.Messages> transfer(ByteBuffer query, InetSocketAddress source) {
        Transfers transfers = secondaries.get().transfers();
        return QueryReader.read(query) instanceof Query asked && Refusal.isOfTransfer(asked)
                ? transfers.begin(query, asked, source)
                : Optional.empty();
    }

    /// A connection had to be closed for a defect of ours.
    public void connectionFailed(RuntimeException defect) {
        counters.defect();
        defects.logOfConnection(defect);
    }

    /// Whoever signs gets a signed response, of whose room the signature takes a part (RFC 8945
    /// §5.3).
    private void answerSigned(
            ByteBuffer message,
            Query query,
            Tsig tsig,
            InetSocketAddress source,
            Transport transport,
            ByteBuffer out) {
        int start = out.position();
        switch (secondaries.get().keys().check(message, tsig, clock.instant())) {
            case TsigOutcome.Genuine(var key, var session) -> {
                int whole = out.limit();
                int room = Math.min(out.remaining(), transport.limit(query.edns(), payloadSize));
                out.limit(start + room - session.length());
                answer(query, Optional.of(key.name()), source, transport, out);
                out.limit(whole);
                session.sign(out, start, clock.instant());
            }
            case TsigOutcome.Refused(var _, var _, var answering) -> {
                reject(query, Answer.bare(Rcode.NOTAUTH), transport, out);
                answering.append(out, start, clock.instant());
            }
            case TsigOutcome.Malformed() ->
                    reject(query, Answer.bare(Rcode.FORMERR), transport, out);
        }
    }

    private void reject(Query query, Answer answer, Transport transport, ByteBuffer out) {
        var question = Optional.of(query.question());
        reject(query.header(), question, query.edns().isPresent(), answer, transport, out);
    }

    /// A fault in our own code costs one answer, not the server.
    private void answer(
            Query query,
            Optional<DomainName> signer,
            InetSocketAddress source,
            Transport transport,
            ByteBuffer out) {
        int limit = transport.limit(query.edns(), payloadSize);
        int start = out.position();
        Optional<Cookie> cookie = query.cookie().map(came -> reply(came, source).cookie());
        try {
            Snapshot snapshot = current.get();
            Answer answer =
                    newest(query, signer, source, transport)
                            .orElseGet(() -> answer(query, source.getAddress(), snapshot));
            List<EdnsOption> told = told(query.edns(), cookie, transport);
            zoneVersion(query, answer, snapshot).ifPresent(told::add);
            write(Response.to(query, answer, payloadSize, told), transport, limit, out);
        } catch (RuntimeException defect) {
            counters.defect();
            defects.log(query.question(), defect);
            Answer servfail = Answer.bare(Rcode.SERVFAIL, ExtendedError.OTHER);
            List<EdnsOption> told = told(query.edns(), cookie, transport);
            out.position(start);
            write(Response.to(query, servfail, payloadSize, told), transport, limit, out);
        }
    }

    /// Who asks for nothing but a cookie learns whether the one that they have is good (RFC 7873
    /// §5.4).
    private void answer(
            Incoming.CookieQuery query,
            InetSocketAddress source,
            Transport transport,
            ByteBuffer out) {
        Reply reply = reply(query.cookie(), source);
        boolean isInvalid = reply.standing() == ServerCookies.Standing.INVALID;
        Rcode rcode = isInvalid ? Rcode.BADCOOKIE : Rcode.NOERROR;
        write(
                Response.to(
                        query,
                        rcode,
                        payloadSize,
                        told(Optional.of(query.edns()), Optional.of(reply.cookie()), transport)),
                transport,
                ResponseWriter.PLAIN_UDP,
                out);
    }

    /// What a cookie is worth, and what it is answered with.
    private record Reply(ServerCookies.Standing standing, Cookie cookie) {}

    private Reply reply(Cookie came, InetSocketAddress source) {
        var from = new ResolverAddress();
        from.set(source);
        long now = cookies.now();
        ServerCookies.Standing standing =
                cookies.standing(
                        came.client(), came.hasServer(), came.head(), came.hash(), from, now);
        counters.cookie(standing);
        long head = ServerCookies.nextHead(standing, came.head(), now);
        long hash = cookies.hash(came.client(), head, from, now);
        return new Reply(standing, came.with(head, hash));
    }

    /// The options that hold whatever the answer is.
    private List<EdnsOption> told(
            Optional<Edns> edns, Optional<Cookie> cookie, Transport transport) {
        var told = new ArrayList<EdnsOption>();
        cookie.map(Cookie::option).ifPresent(told::add);
        if (asks(edns, Nsid.CODE)) nsid.ifPresent(told::add);
        if (transport.tellsIdleTimeout() && asks(edns, Keepalive.CODE)) told.add(keepalive);
        if (transport.isEncrypted() && asks(edns, Padding.CODE)) told.add(Padding.OPTION);
        return told;
    }

    private static boolean asks(Optional<Edns> edns, int option) {
        return edns.isPresent() && edns.get().asks(option);
    }

    /// That of the zone which was asked, though the answer may lead into others (RFC 9660 §3.2).
    private static Optional<EdnsOption> zoneVersion(Query query, Answer answer, Snapshot snapshot) {
        Question question = query.question();
        if (!query.asks(ZoneVersion.CODE) || question.dnsClass() != Question.IN)
            return Optional.empty();
        return switch (answer.rcode()) {
            case NOERROR, NXDOMAIN, YXDOMAIN ->
                    snapshot.zones()
                            .answering(question.name(), question.type())
                            .map(snapshot.zones()::negativeSoa)
                            .map(soa -> ZoneVersion.of(soa).option());
            case FORMERR, SERVFAIL, NOTIMP, REFUSED, NOTAUTH, BADVERS, BADCOOKIE ->
                    Optional.empty();
        };
    }

    /// Zones are given over TCP; who asks over UDP what changed, and may know, is told to.
    private Optional<Answer> newest(
            Query query,
            Optional<DomainName> signer,
            InetSocketAddress source,
            Transport transport) {
        if (transport != Transport.UDP || !Refusal.isOfTransfer(query)) return Optional.empty();
        return secondaries
                .get()
                .transfers()
                .newest(query, signer, source)
                .map(soa -> Answer.saying(List.of(soa)));
    }

    private Answer answer(Query query, InetAddress resolver, Snapshot snapshot) {
        Optional<Answer> refusal = Refusal.of(query);
        if (refusal.isPresent()) return refusal.get();
        Question question = query.question();
        var client = new Client(resolver, query.clientSubnet());
        long draw = draws.getAsLong();
        if (question.dnsClass() == Question.CH) return chaos.answer(question, client, draw);
        boolean dnssecOk = query.edns().map(Edns::dnssecOk).orElse(false);
        Answer answer =
                new AnswerCollector(
                                snapshot.zones(),
                                snapshot.steered(),
                                client,
                                question.type(),
                                dnssecOk,
                                draw)
                        .collect(question);
        long now = cookies.now();
        return dnssecOk && now >= snapshot.signedUntil() && answer.hasEnded(now)
                ? Answer.bare(Rcode.SERVFAIL, ExtendedError.SIGNATURE_EXPIRED)
                : answer;
    }

    /// A NOTIFY has a question like a query's; what other messages have there follows other rules,
    /// and a reader that knows them would stumble.
    private static Optional<Question> repeated(Optional<Question> question, Header header) {
        return header.opcode() == Header.OPCODE_NOTIFY ? question : Optional.empty();
    }

    private void reject(
            Header header,
            Optional<Question> question,
            boolean hasEdns,
            Answer answer,
            Transport transport,
            ByteBuffer out) {
        var response = Response.rejecting(header, question, hasEdns, answer, payloadSize);
        write(response, transport, ResponseWriter.PLAIN_UDP, out);
    }

    private void write(Response response, Transport transport, int limit, ByteBuffer out) {
        boolean truncated = ResponseWriter.write(response, limit, out);
        counters.responded(transport, response.answer().rcode(), truncated);
    }
}
