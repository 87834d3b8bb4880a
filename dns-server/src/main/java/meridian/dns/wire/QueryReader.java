package meridian.dns.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import meridian.record.DomainName;
import meridian.record.RecordType;

/// Reads one message in place. No octets make it throw: each read asks first whether there is
/// something to read, and the first thing that is wrong ends the reading.
///
/// ```
/// header | question: name, type, class | (an IXFR's SOA) | additional: OPT, others unread, TSIG
/// ```
///
/// Refused as malformed: other than one question (but none at all with a cookie); a compressed
/// QNAME; records in the answer or authority section (but an IXFR's SOA); two OPTs, an OPT outside
/// the additional section or with an owner; a malformed client subnet or cookie; a TSIG that is
/// malformed or not the last record; octets after the last record.
public final class QueryReader {

    private static final Incoming IGNORED = new Incoming.Ignored();
    private static final int IXFR = 251;
    private static final int DO = 0x8000;

    /// Octets of a record between its owner and its data.
    private static final int RECORD_HEAD = 10;

    private final ByteBuffer message;
    private final int start;
    private final int end;
    private int at;
    private Optional<Question> question = Optional.empty();
    private Optional<Edns> edns = Optional.empty();
    private boolean hasOpt;
    private Optional<Tsig> tsig = Optional.empty();
    private Optional<Serial> known = Optional.empty();

    private QueryReader(ByteBuffer message) {
        this.message = message;
        this.start = message.position();
        this.end = message.limit();
        this.at = start + Header.LENGTH;
    }

    /// Reads from the buffer's position to its limit, and moves neither.
    public static Incoming read(ByteBuffer message) {
        if (message.remaining() < Header.LENGTH) return IGNORED;
        var reader = new QueryReader(message);
        var header = new Header(reader.u16(reader.start), reader.u16(reader.start + 2));
        return header.isResponse() ? IGNORED : reader.incoming(header);
    }

    private Incoming incoming(Header header) {
        boolean wellFormed = readQuestion() && readRecords() && at == end;
        if (header.opcode() != Header.OPCODE_QUERY) {
            return new Incoming.OtherOpcode(header, question, hasOpt);
        }
        if (wellFormed && question.isPresent())
            return new Query(header, question.get(), edns, tsig, known);
        Optional<Cookie> cookie = edns.flatMap(Edns::cookie);
        return wellFormed && cookie.isPresent()
                ? new Incoming.CookieQuery(header, edns.orElseThrow(), cookie.get())
                : new Incoming.Malformed(header, question, hasOpt);
    }

    private boolean readQuestion() {
        int questions = u16(start + 4);
        if (questions != 1) return questions == 0;
        int nameLength = plainNameLength();
        if (nameLength == 0 || at + nameLength + 4 > end) return false;
        byte[] name = new byte[nameLength];
        message.get(at, name);
        at += nameLength;
        question =
                Optional.of(
                        new Question(
                                DomainName.ofWire(name, 0, nameLength),
                                new RecordType(u16(at)),
                                u16(at + 2)));
        at += 4;
        return true;
    }

    /// Octets of the uncompressed name here, its root included; 0 if there is none.
    private int plainNameLength() {
        int next = at;
        while (next < end && next - at < DomainName.MAX_LENGTH) {
            int label = u8(next);
            if (label == 0) return next + 1 - at;
            if (label > DomainName.MAX_LABEL) return 0;
            next += 1 + label;
        }
        return 0;
    }

    private boolean readRecords() {
        int answers = u16(start + 6);
        int authorities = u16(start + 8);
        int additionals = u16(start + 10);
        if (answers > 0 || (authorities > 0 && !asksForIxfr())) return false;
        for (int i = 0; i < authorities; i++) {
            if (!readRecord(false)) return false;
        }
        for (int i = 0; i < additionals; i++) {
            if (!readRecord(true)) return false;
        }
        return true;
    }

    private boolean asksForIxfr() {
        return question.filter(asked -> asked.type().number() == IXFR).isPresent();
    }

    private boolean readRecord(boolean isAdditional) {
        int owner = at;
        if (tsig.isPresent()) return false;
        if (!skipName() || at + RECORD_HEAD > end) return false;
        int head = at;
        int dataLength = u16(head + 8);
        at += RECORD_HEAD + dataLength;
        if (at > end) return false;
        int type = u16(head);
        if (type == RecordType.OPT.number()) return isAdditional && u8(owner) == 0 && readOpt(head);
        if (type == Tsig.TYPE) return isAdditional && readTsig(owner, head);
        return isAdditional || type != RecordType.SOA.number() || readKnown(dataLength);
    }

    private boolean readTsig(int owner, int head) {
        tsig = Tsig.read(message, start, owner, head, at);
        return tsig.isPresent();
    }

    private boolean readKnown(int dataLength) {
        if (dataLength < Serial.FROM_END) return false;
        known = Optional.of(new Serial(message.getInt(at - Serial.FROM_END)));
        return true;
    }

    /// Over a name that may be compressed; where a pointer leads is nobody's concern.
    private boolean skipName() {
        while (at < end) {
            int label = u8(at);
            if (label == 0) return advance(1);
            if (label >= 0xc0) return advance(2);
            if (label > DomainName.MAX_LABEL) return false;
            at += 1 + label;
        }
        return false;
    }

    private boolean advance(int octets) {
        at += octets;
        return at <= end;
    }

    private boolean readOpt(int head) {
        if (hasOpt) return false;
        hasOpt = true;
        int version = u8(head + 5);
        boolean dnssecOk = (u16(head + 6) & DO) != 0;
        edns =
                Optional.of(
                        new Edns(
                                version,
                                u16(head + 2),
                                dnssecOk,
                                Optional.empty(),
                                Optional.empty(),
                                Set.of()));
        return version != 0 || readOptions(head + RECORD_HEAD);
    }

    private boolean readOptions(int from) {
        int option = from;
        while (option < at) {
            if (option + 4 > at) return false;
            int data = option + 4;
            int length = u16(option + 2);
            if (data + length > at) return false;
            if (!readOption(u16(option), data, length)) return false;
            option = data + length;
        }
        return true;
    }

    private boolean readOption(int code, int data, int length) {
        return switch (code) {
            case ClientSubnet.CODE -> readClientSubnet(data, length);
            case Cookie.CODE -> readCookie(data, length);
            case Nsid.CODE, ZoneVersion.CODE, Keepalive.CODE, Padding.CODE -> readAsked(code);
            default -> true;
        };
    }

    /// What is in it means nothing (RFC 5001 §2.1, RFC 9660 §3.1, RFC 7830 §3), or is an old time
    /// of a connection's.
    private boolean readAsked(int code) {
        edns = edns.map(e -> e.asking(code));
        return true;
    }

    /// Of several only the first counts (RFC 7873 §5.2).
    private boolean readCookie(int from, int length) {
        if (edns.flatMap(Edns::cookie).isPresent()) return true;
        if (!Cookie.isLength(length)) return false;
        long client = message.getLong(from);
        int server = from + Cookie.CLIENT_LENGTH;
        var cookie =
                length == Cookie.LENGTH
                        ? new Cookie(
                                client,
                                true,
                                message.getLong(server),
                                message.getLong(server + Long.BYTES))
                        : new Cookie(client, length > Cookie.CLIENT_LENGTH, 0, 0);
        edns = edns.map(e -> e.with(cookie));
        return true;
    }

    /// RFC 7871 §6 and §7.1.2: the scope is 0 in a query, there are exactly as many octets as the
    /// source prefix needs, and no bit is set after it. Family 0 without an address is a way to be
    /// nobody: it says nothing, and no response could repeat it so that every reader takes it.
    private boolean readClientSubnet(int from, int length) {
        if (length < 4 || edns.flatMap(Edns::clientSubnet).isPresent()) return false;
        int family = u16(from);
        int source = u8(from + 2);
        int scope = u8(from + 3);
        int carried = length - 4;
        if (scope != 0 || carried != (source + 7) / 8) return false;
        if (family == 0) return source == 0;
        if (family > ClientSubnet.IPV6 || source > ClientSubnet.bits(family)) return false;
        if (hasBitsAfter(source, from + 4)) return false;
        byte[] address = new byte[ClientSubnet.addressLength(family)];
        message.get(from + 4, address, 0, carried);
        edns = edns.map(e -> e.with(new ClientSubnet(family, address, source, 0)));
        return true;
    }

    private boolean hasBitsAfter(int source, int address) {
        int used = source % 8;
        return used != 0 && (u8(address + source / 8) & (0xff >> used)) != 0;
    }

    private int u8(int index) {
        return message.get(index) & 0xff;
    }

    private int u16(int index) {
        return message.getShort(index) & 0xffff;
    }
}
