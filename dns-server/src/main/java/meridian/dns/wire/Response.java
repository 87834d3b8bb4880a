package meridian.dns.wire;

import java.util.ArrayList;
import java.util.List;
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
    /// @param options each only if the query asked for it (RFC 6891 §6.1.2); but why there is no
    ///   answer is told to whoever has EDNS (RFC 8914 §3)
    public record Opt(int payloadSize, boolean dnssecOk, List<EdnsOption> options) {

        public Opt {
            options = List.copyOf(options);
        }
    }

    /// The response to a query that could be read.
    ///
    /// @param told options beside the query's subnet, with our scope, and the answer's error
    public static Response to(Query query, Answer answer, int payloadSize, List<EdnsOption> told) {
        Optional<Opt> opt = query.edns().map(edns -> opt(edns, answer, payloadSize, told));
        return new Response(query.header(), Optional.of(query.question()), answer, opt);
    }

    private static Opt opt(Edns edns, Answer answer, int payloadSize, List<EdnsOption> told) {
        var options = new ArrayList<EdnsOption>();
        edns.clientSubnet().map(subnet -> scoped(subnet, answer).option()).ifPresent(options::add);
        options.addAll(told);
        answer.error().map(ExtendedError::option).ifPresent(options::add);
        return new Opt(payloadSize, edns.dnssecOk(), options);
    }

    /// The response to a query for a cookie alone: nothing but that, and what else was asked for.
    public static Response to(
            Incoming.CookieQuery query, Rcode rcode, int payloadSize, List<EdnsOption> told) {
        Answer answer = Answer.bare(rcode);
        Opt opt = opt(query.edns(), answer, payloadSize, told);
        return new Response(query.header(), Optional.empty(), answer, Optional.of(opt));
    }

    /// The response to what could not be read, or is not done here.
    public static Response rejecting(
            Header header,
            Optional<Question> question,
            boolean hasEdns,
            Answer answer,
            int payloadSize) {
        List<EdnsOption> options =
                answer.error().map(ExtendedError::option).map(List::of).orElse(List.of());
        Optional<Opt> opt =
                hasEdns ? Optional.of(new Opt(payloadSize, false, options)) : Optional.empty();
        return new Response(header, question, answer, opt);
    }

    /// Who hides the address altogether gets an answer that holds for everyone like them: scope 0.
    private static ClientSubnet scoped(ClientSubnet asked, Answer answer) {
        return asked.withScope(asked.sourcePrefix() == 0 ? 0 : answer.scopePrefix());
    }
}
