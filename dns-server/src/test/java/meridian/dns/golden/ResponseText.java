package meridian.dns.golden;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import meridian.dns.wire.Nsid;
import meridian.dns.wire.Padding;
import meridian.dns.wire.ZoneVersion;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TcpKeepaliveOption;
import org.xbill.DNS.Type;

/// A response nearly as `dig` prints it.
final class ResponseText {

    private static final List<String> SECTIONS =
            List.of("QUESTION", "ANSWER", "AUTHORITY", "ADDITIONAL");

    private ResponseText() {}

    static String of(byte[] octets) throws IOException {
        var message = new Message(octets);
        var text = new StringBuilder();
        text.append(
                ";; %s; flags:%s; %d octets\n"
                        .formatted(
                                Rcode.string(message.getRcode()),
                                flags(message.getHeader()),
                                octets.length));
        OPTRecord opt = message.getOPT();
        if (opt != null) text.append(opt(opt));
        for (int section = Section.QUESTION; section <= Section.ADDITIONAL; section++) {
            append(message, section, text);
        }
        return text.toString().strip();
    }

    private static String flags(Header header) {
        var flags = new StringBuilder();
        IntStream.range(0, 16)
                .filter(flag -> Flags.isFlag(flag) && header.getFlag(flag))
                .forEach(flag -> flags.append(' ').append(Flags.string(flag)));
        return flags.toString();
    }

    private static String opt(OPTRecord opt) {
        var text =
                new StringBuilder(
                        ";; EDNS: version %d, udp %d"
                                .formatted(opt.getVersion(), opt.getPayloadSize()));
        if ((opt.getFlags() & ExtendedFlags.DO) != 0) text.append(", do");
        for (EDNSOption option : opt.getOptions()) {
            ByteBuffer octets = ByteBuffer.wrap(option.toWire()).position(4);
            text.append(
                    switch (option) {
                        case ClientSubnetOption ecs ->
                                ", subnet %s/%d/%d"
                                        .formatted(
                                                ecs.getAddress().getHostAddress(),
                                                ecs.getSourcePrefixLength(),
                                                ecs.getScopePrefixLength());
                        case CookieOption cookie ->
                                ", cookie "
                                        + HexFormat.of().formatHex(cookie.getClientCookie())
                                        + cookie.getServerCookie()
                                                .map(
                                                        server ->
                                                                " "
                                                                        + HexFormat.of()
                                                                                .formatHex(server))
                                                .orElse("");
                        case EDNSOption nsid when nsid.getCode() == Nsid.CODE ->
                                ", nsid " + StandardCharsets.US_ASCII.decode(octets);
                        case ExtendedErrorCodeOption error -> ", error " + error.getErrorCode();
                        case EDNSOption version when version.getCode() == ZoneVersion.CODE ->
                                ", zone of %d labels, version of type %d: %d"
                                        .formatted(
                                                octets.get(),
                                                octets.get(),
                                                Integer.toUnsignedLong(octets.getInt()));
                        case TcpKeepaliveOption keepalive ->
                                ", keepalive " + keepalive.getTimeout().orElseThrow();
                        case EDNSOption padding when padding.getCode() == Padding.CODE ->
                                ", padding of " + octets.remaining();
                        default -> ", option " + option.getCode();
                    });
        }
        return text.append('\n').toString();
    }

    private static void append(Message message, int section, StringBuilder text) {
        var lines =
                message.getSection(section).stream()
                        .filter(
                                record ->
                                        !(section == Section.ADDITIONAL
                                                && record instanceof OPTRecord))
                        .map(record -> line(record, section))
                        .toList();
        if (lines.isEmpty()) return;
        text.append(";; ").append(SECTIONS.get(section)).append('\n');
        lines.forEach(line -> text.append(line).append('\n'));
    }

    private static String line(Record record, int section) {
        if (section == Section.QUESTION) {
            String type = Type.string(record.getType());
            return ";%s %s %s".formatted(record.getName(), DClass.string(record.getDClass()), type);
        }
        return record.toString().replaceAll("\\s+", " ").strip();
    }
}
