package meridian.config.zonefile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Tokenizer;
import org.xbill.DNS.Type;

/// One record's data, as dnsjava reads them but for what it reads wrongly:
///
/// | the data | dnsjava | here |
/// |---|---|---|
/// | LOC without minutes or seconds | refuses | reads them as 0 (RFC 1876 §3) |
/// | SVCB and HTTPS with `no-default-alpn` and no `alpn` | reads | refused (RFC 9460 §7.1.1) |
/// | their `tls-supported-groups` | takes the digits for octets | refused |
final class RecordData {

    private RecordData() {}

    /// Reads up to the end of the entry.
    static Record read(Name owner, int type, int dclass, long ttl, Tokenizer tokens, Name origin)
            throws IOException {
        Record record =
                type == Type.LOC
                        ? Record.fromString(owner, type, dclass, ttl, location(tokens), origin)
                        : Record.fromString(owner, type, dclass, ttl, tokens, origin);
        if (record instanceof SVCBBase service) check(service);
        return record;
    }

    /// With the minutes and seconds that may be left out.
    private static String location(Tokenizer tokens) throws IOException {
        var written = new ArrayList<String>();
        for (Tokenizer.Token token = tokens.get(); token.isString(); token = tokens.get())
            written.add(token.value());
        var whole = new ArrayList<String>();
        int behindLatitude = addAngle(written, 0, List.of("N", "S"), whole);
        int behindLongitude = addAngle(written, behindLatitude, List.of("E", "W"), whole);
        whole.addAll(written.subList(behindLongitude, written.size()));
        return String.join(" ", whole);
    }

    /// Degrees, minutes, seconds and direction, if these stand here.
    ///
    /// @return where they end
    private static int addAngle(
            List<String> written, int from, List<String> directions, List<String> whole) {
        int most = Math.min(from + 4, written.size());
        for (int at = from + 1; at < most; at++) {
            if (!directions.contains(written.get(at).toUpperCase(Locale.ROOT))) continue;
            whole.addAll(written.subList(from, at));
            for (int missing = at - from; missing < 3; missing++) whole.add("0");
            whole.add(written.get(at));
            return at + 1;
        }
        return from;
    }

    private static void check(SVCBBase service) throws TextParseException {
        if (service.getSvcParamKeys().contains(SVCBBase.NO_DEFAULT_ALPN)
                && !service.getSvcParamKeys().contains(SVCBBase.ALPN))
            throw new TextParseException("has no-default-alpn without alpn");
        boolean isOfDigits =
                Optional.ofNullable(service.getSvcParamValue(SVCBBase.TLS_SUPPORTED_GROUPS))
                        .filter(groups -> groups.toString().matches("[0-9,]+"))
                        .isPresent();
        if (isOfDigits)
            throw new TextParseException(
                    "names tls-supported-groups, which are read only as in key9=\\000\\029");
    }
}
