package meridian.config.zonefile;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Tokenizer.Token;
import org.xbill.DNS.Type;

/// Why the data of a record cannot be read, as operators are told it: dnsjava's words name neither
/// the record nor what is accepted.
///
/// @param wrong as the end of a sentence about the record
/// @param accepted how data of its type is written
record Misread(String wrong, String accepted) {

    private static final String NAME = "a domain name, as in www.example.net., is accepted";

    private static final String OCTETS = "\\# LENGTH HEX (RFC 3597) is accepted";

    private static final String SERVICE =
            "priority, target and parameters, as in 1 . alpn=h2,h3 port=443, are accepted";

    private static final Map<Integer, String> FORMS =
            Map.ofEntries(
                    Map.entry(Type.A, "an IPv4 address, as in 192.0.2.1, is accepted"),
                    Map.entry(Type.AAAA, "an IPv6 address, as in 2001:db8::1, is accepted"),
                    Map.entry(Type.CNAME, NAME),
                    Map.entry(Type.NS, NAME),
                    Map.entry(Type.PTR, NAME),
                    Map.entry(
                            Type.MX,
                            "a preference and a name, as in 10 mail.example.net., are accepted"),
                    Map.entry(
                            Type.SRV,
                            "priority, weight, port and target, as in 10 5 443 www.example.net.,"
                                    + " are accepted"),
                    Map.entry(
                            Type.SOA,
                            "two names, a serial and four times, as in ns.example.net."
                                    + " hostmaster.example.net. 1 3600 600 86400 60, are accepted"),
                    Map.entry(
                            Type.TXT,
                            "texts of up to 255 octets, as in \"v=spf1 -all\", are accepted"),
                    Map.entry(
                            Type.CAA,
                            "flags, a tag and a value, as in 0 issue \"ca.example.net\", are"
                                    + " accepted"),
                    Map.entry(Type.SVCB, SERVICE),
                    Map.entry(Type.HTTPS, SERVICE),
                    Map.entry(
                            Type.TLSA,
                            "usage, selector, matching type and octets, as in 3 1 1 0a1b2c3d, are"
                                    + " accepted"),
                    Map.entry(
                            Type.SSHFP,
                            "algorithm, kind of hash and octets, as in 4 2 0a1b2c3d, are accepted"),
                    Map.entry(
                            Type.NAPTR,
                            "order, preference, flags, service, expression and replacement, as in"
                                    + " 100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:a@example.net!\" ., are"
                                    + " accepted"),
                    Map.entry(
                            Type.LOC,
                            "latitude, longitude, altitude, size and precisions, as in 52 14 5 N 0 8"
                                    + " 50 E 10m 1m, are accepted"));

    /// Of types that dnsjava knows by their name at most.
    private static final String NO_TEXT = "invalid unknown RR encoding";

    private static final Pattern ADDRESS = Pattern.compile("[Ii]nvalid address: (.*)");

    /// @param said by dnsjava
    /// @param last the token that was read last
    static Misread of(String said, Token last, int type) {
        return new Misread(
                wrong(said, last, type), said.startsWith(NO_TEXT) ? OCTETS : accepted(type));
    }

    private static String wrong(String said, Token last, int type) {
        Matcher address = ADDRESS.matcher(said);
        if (address.matches())
            return "\""
                    + address.group(1)
                    + "\" is no IPv"
                    + (type == Type.AAAA ? "6" : "4")
                    + " address";
        if (said.startsWith("newline in quoted") || said.startsWith("EOF in quoted"))
            return "has a quote that is not closed on its line";
        if (said.startsWith("unexpected tokens") || said.startsWith("expected EOL"))
            return "has " + quoted(last) + " behind its data";
        if (said.startsWith("expected") && !last.isString()) return "ends before its data do";
        if (said.equals("end of input")) return "ends before its data do";
        if (said.equals(NO_TEXT)) return "is of a type whose data are not read as text";
        if (said.startsWith(NO_TEXT)) return "has not as many octets as it says";
        if (said.startsWith("invalid hex")) return "has something that is no pair of hex digits";
        if (said.startsWith("expected an integer")) return quoted(last) + " is no whole number";
        return said;
    }

    private static String quoted(Token token) {
        return token.isString() ? "\"" + token.value() + "\"" : "something";
    }

    private static String accepted(int type) {
        return FORMS.getOrDefault(
                type,
                "data as the RFC of "
                        + Type.string(type)
                        + " writes them, or \\# LENGTH HEX (RFC 3597), are accepted");
    }
}
