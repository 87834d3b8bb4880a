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

    private static final Map<Integer, String> FORMS =
            Map.of(
                    Type.A,
                    "an IPv4 address, as in 192.0.2.1, is accepted",
                    Type.AAAA,
                    "an IPv6 address, as in 2001:db8::1, is accepted",
                    Type.CNAME,
                    NAME,
                    Type.NS,
                    NAME,
                    Type.PTR,
                    NAME,
                    Type.MX,
                    "a preference and a name, as in 10 mail.example.net., are accepted",
                    Type.SRV,
                    "priority, weight, port and target, as in 10 5 443 www.example.net., are"
                            + " accepted",
                    Type.SOA,
                    "two names, a serial and four times, as in ns.example.net."
                            + " hostmaster.example.net. 1 3600 600 86400 60, are accepted",
                    Type.TXT,
                    "texts of up to 255 octets, as in \"v=spf1 -all\", are accepted",
                    Type.CAA,
                    "flags, a tag and a value, as in 0 issue \"ca.example.net\", are"
                            + " accepted");

    private static final Pattern ADDRESS = Pattern.compile("[Ii]nvalid address: (.*)");

    /// @param said by dnsjava
    /// @param last the token that was read last
    static Misread of(String said, Token last, int type) {
        return new Misread(wrong(said, last, type), accepted(type));
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
