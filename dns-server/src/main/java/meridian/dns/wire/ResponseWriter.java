package meridian.dns.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// Writes one response, once, within a limit.
///
/// RRsets go in whole or not at all. What does not fit of the answer, the authority section or a
/// referral's glue sets TC (RFC 2181 §9, RFC 9471); other additional records are only left out. The
/// room for OPT is kept free from the start.
///
/// Records are of the class that was asked for. Whoever set DO gets each set's signatures with it
/// (RFC 4035 §3.1.1), and others never do.
public final class ResponseWriter {

    /// What anybody takes over UDP (RFC 1035 §4.2.1).
    public static final int PLAIN_UDP = 512;

    /// The longest message at all: TCP counts in two octets (RFC 1035 §4.2.2).
    public static final int MAX_LENGTH = 0xffff;

    private static final int POINTER = 0xc000;
    private static final int OPT_LENGTH = 11;
    private static final int DO = 0x8000;

    private final ByteBuffer out;
    private final int start;
    private final NameCompression compression;
    private final Optional<DomainName> asked;
    private final int dnsClass;
    private final Trace trace;
    private final boolean dnssecOk;
    private int end;
    private boolean full;

    private ResponseWriter(Response response, ByteBuffer out, int limit, Trace trace) {
        this.out = out;
        this.start = out.position();
        this.end = start + Math.min(limit, out.remaining());
        this.compression = new NameCompression(out, start);
        this.asked = response.question().map(Question::name);
        this.dnsClass = response.question().map(Question::dnsClass).orElse(Question.IN);
        this.dnssecOk = response.opt().map(Response.Opt::dnssecOk).orElse(false);
        this.trace = trace;
    }

    /// Told of what would be other octets if another name had been asked for.
    public interface Trace {

        /// A pointer stands at this offset of the message.
        void pointer(int offset);

        /// The name that begins at `from` in `wire` is written here for the first time; whatever
        /// ends like it from now on points at it. The question's own names are told too.
        void name(byte[] wire, int from);
    }

    private static final Trace UNTRACED =
            new Trace() {
                @Override
                public void pointer(int offset) {}

                @Override
                public void name(byte[] wire, int from) {}
            };

    /// Writes from the buffer's position on, and moves it to the end of the response.
    ///
    /// @param limit octets that the response may have, at least 512
    /// @return whether the response was truncated
    public static boolean write(Response response, int limit, ByteBuffer out) {
        return write(response, limit, out, UNTRACED);
    }

    /// The same, watched.
    public static boolean write(Response response, int limit, ByteBuffer out, Trace trace) {
        return new ResponseWriter(response, out, limit, trace).write(response);
    }

    private boolean write(Response response) {
        Answer answer = response.answer();
        int reserved = response.opt().map(ResponseWriter::lengthOf).orElse(0);
        end -= reserved;
        out.position(start + Header.LENGTH);
        response.question().ifPresent(this::putQuestion);
        int answers = putSection(answer.answer());
        int authorities = putSection(answer.authority());
        int glue = putSection(answer.glue());
        boolean truncated = full;
        int additionals = glue + putSection(answer.additional());
        end += reserved;
        response.opt().ifPresent(opt -> putOpt(opt, answer.rcode()));
        out.putShort(start, (short) response.header().id());
        out.putShort(start + 2, (short) flags(response, truncated));
        out.putShort(start + 4, (short) (asked.isPresent() ? 1 : 0));
        out.putShort(start + 6, (short) answers);
        out.putShort(start + 8, (short) authorities);
        out.putShort(start + 10, (short) (additionals + (response.opt().isPresent() ? 1 : 0)));
        return truncated;
    }

    private static int flags(Response response, boolean truncated) {
        Answer answer = response.answer();
        return response.header().echoed()
                | (answer.authoritative() ? Header.AA : 0)
                | (truncated ? Header.TC : 0)
                | (answer.rcode().number() & 0xf);
    }

    private void putQuestion(Question question) {
        putName(question.name().toWire(), 0);
        put16(question.type().number());
        put16(question.dnsClass());
    }

    /// How many records were written. Once something did not fit, nothing more is tried.
    private int putSection(List<RRset> rrsets) {
        int records = 0;
        for (RRset rrset : rrsets) {
            int before = out.position();
            if (!full) putRRset(rrset);
            if (full) {
                out.position(before);
                return records;
            }
            records += rrset.rdata().size() + (dnssecOk ? rrset.signatures().size() : 0);
        }
        return records;
    }

    private void putRRset(RRset rrset) {
        for (byte[] rdata : rrset.rdata()) putRecord(rrset, rrset.type(), rdata);
        if (!dnssecOk) return;
        for (byte[] rdata : rrset.signatures()) putRecord(rrset, RecordType.RRSIG, rdata);
    }

    private void putRecord(RRset rrset, RecordType type, byte[] rdata) {
        putOwner(rrset.owner());
        put16(type.number());
        put16(dnsClass);
        put16((int) (rrset.ttl() >>> 16));
        put16((int) rrset.ttl());
        int length = out.position();
        put16(0);
        putRdata(type, rdata);
        if (!full) out.putShort(length, (short) (out.position() - length - 2));
    }

    /// The name that was asked for stands right after the header, so most owners need no search.
    private void putOwner(DomainName owner) {
        if (asked.isPresent() && asked.get().equals(owner) && !owner.isRoot()) {
            putPointer(Header.LENGTH);
        } else {
            putName(owner.toWire(), 0);
        }
    }

    /// Names are compressed inside the types of RFC 1035 only (RFC 3597 §4).
    private void putRdata(RecordType type, byte[] rdata) {
        switch (type.number()) {
            case 2, 5, 12 -> putName(rdata, 0); // NS, CNAME, PTR
            case 6 -> putBytes(rdata, putName(rdata, putName(rdata, 0))); // SOA
            case 15 -> { // MX
                putBytes(rdata, 0, 2);
                putName(rdata, 2);
            }
            default -> putBytes(rdata, 0);
        }
    }

    /// Writes the name that begins at `from`, as a pointer from where an earlier one ends alike.
    ///
    /// @return where the name ends in `wire`
    private int putName(byte[] wire, int from) {
        int at = from;
        while (wire[at] != 0) {
            int earlier = compression.find(wire, at);
            if (earlier != 0) {
                putPointer(earlier);
                return endOfName(wire, at);
            }
            if (!hasRoom(1 + wire[at])) return endOfName(wire, at);
            int offset = out.position() - start;
            out.put(wire, at, 1 + wire[at]);
            compression.remember(wire, at, offset);
            trace.name(wire, at);
            at += 1 + wire[at];
        }
        if (hasRoom(1)) out.put((byte) 0);
        return at + 1;
    }

    private static int endOfName(byte[] wire, int from) {
        int at = from;
        while (wire[at] != 0) at += 1 + wire[at];
        return at + 1;
    }

    private static int lengthOf(Response.Opt opt) {
        return OPT_LENGTH + opt.options().stream().mapToInt(EdnsOption::length).sum();
    }

    private void putOpt(Response.Opt opt, Rcode rcode) {
        full = false;
        putBytes(new byte[] {0}, 0);
        put16(RecordType.OPT.number());
        put16(opt.payloadSize());
        put16((rcode.number() >> 4) << 8);
        put16(opt.dnssecOk() ? DO : 0);
        int length = out.position();
        put16(0);
        for (EdnsOption option : opt.options())
            if (option.code() != Padding.CODE) putOption(option.code(), option.data());
        if (opt.options().contains(Padding.OPTION)) {
            int unpadded = out.position() - start + EdnsOption.HEAD;
            putOption(Padding.CODE, new byte[Padding.of(unpadded, end - start)]);
        }
        out.putShort(length, (short) (out.position() - length - 2));
    }

    private void putOption(int code, byte[] data) {
        put16(code);
        put16(data.length);
        putBytes(data, 0);
    }

    private void putPointer(int to) {
        trace.pointer(out.position() - start);
        put16(POINTER | to);
    }

    private void put16(int value) {
        if (hasRoom(2)) out.putShort((short) value);
    }

    private void putBytes(byte[] octets, int from) {
        putBytes(octets, from, octets.length - from);
    }

    private void putBytes(byte[] octets, int from, int length) {
        if (hasRoom(length)) out.put(octets, from, length);
    }

    private boolean hasRoom(int octets) {
        full |= out.position() + octets > end;
        return !full;
    }
}
