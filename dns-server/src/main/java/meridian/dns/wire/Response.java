package meridian.dns.wire;

import java.util.Optional;

/// A message on its way out.
///
/// @param question as asked, case and all; empty only if it could not be read
/// @param opt the OPT record, present exactly if the query had one (RFC 6891 §7)
public record Response(
        Header header, Optional<Question> question, Answer answer, Optional<Opt> opt) {

    /// The OPT record of a response.
    ///
    /// @param payloadSize the largest UDP message that we take, in octets
    /// @param dnssecOk the query's DO bit, which goes back as it came (RFC 3225 §3)
    /// @param clientSubnet the query's, with our scope; only if it had one (RFC 7871 §7.2.2)
    /// @param cookie the query's, with a server cookie of ours; only if it had one (RFC 7873 §5.2)
    public record Opt(
            int payloadSize,
            boolean dnssecOk,
            Optional<ClientSubnet> clientSubnet,
            Optional<Cookie> cookie) {}

    /// The response to a query that could be read.
    ///
    /// @param cookie what its cookie is answered with
    public static Response to(
            Query query, Answer answer, int payloadSize, Optional<Cookie> cookie) {
        Optional<Opt> opt =
                query.edns()
                        .map(
                                edns ->
                                        new Opt(
                                                payloadSize,
                                                edns.dnssecOk(),
                                                edns.clientSubnet().map(s -> scoped(s, answer)),
                                                cookie));
        return new Response(query.header(), Optional.of(query.question()), answer, opt);
    }

    /// The response to a query for a cookie alone: nothing but that.
    public static Response to(
            Incoming.CookieQuery query, Rcode rcode, int payloadSize, Cookie cookie) {
        var opt =
                new Opt(
                        payloadSize,
                        query.edns().dnssecOk(),
                        query.edns().clientSubnet().map(subnet -> subnet.withScope(0)),
                        Optional.of(cookie));
        return new Response(query.header(), Optional.empty(), Answer.bare(rcode), Optional.of(opt));
    }

    /// The response to what could not be read, or is not done here.
    public static Response rejecting(
            Header header,
            Optional<Question> question,
            boolean hasEdns,
            Rcode rcode,
            int payloadSize) {
        Optional<Opt> opt =
                hasEdns
                        ? Optional.of(
                                new Opt(payloadSize, false, Optional.empty(), Optional.empty()))
                        : Optional.empty();
        return new Response(header, question, Answer.bare(rcode), opt);
    }

    /// Who hides the address altogether gets an answer that holds for everyone like them: scope 0.
    private static ClientSubnet scoped(ClientSubnet asked, Answer answer) {
        return asked.withScope(asked.sourcePrefix() == 0 ? 0 : answer.scopePrefix());
    }
}
