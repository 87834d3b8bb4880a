package meridian.dns.wire;

import java.util.Optional;

/// What octets from the network turned out to be.
public sealed interface Incoming
        permits Query,
                Incoming.CookieQuery,
                Incoming.Malformed,
                Incoming.OtherOpcode,
                Incoming.Ignored {

    /// A query without a question, for a server cookie alone (RFC 7873 §5.4).
    record CookieQuery(Header header, Edns edns, Cookie cookie) implements Incoming {}

    /// A query that breaks the rules; it is answered with FORMERR.
    ///
    /// @param question as far as it could be read
    /// @param hasEdns whether it has an OPT record; then the response has one too (RFC 6891 §7)
    record Malformed(Header header, Optional<Question> question, boolean hasEdns)
            implements Incoming {}

    /// A message that is not a plain query, such as NOTIFY or UPDATE. Its sections may follow rules
    /// of their own, so they are read only as far as they look like a query's.
    record OtherOpcode(Header header, Optional<Question> question, boolean hasEdns)
            implements Incoming {}

    /// A response, or too short to have a header: never answered, lest two servers answer each
    /// other for ever.
    record Ignored() implements Incoming {}
}
