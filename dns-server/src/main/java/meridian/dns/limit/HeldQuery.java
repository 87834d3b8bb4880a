package meridian.dns.limit;

import java.nio.ByteBuffer;
import meridian.dns.ResolverAddress;
import meridian.dns.ServerCookies;
import meridian.dns.ServerCookies.Standing;
import meridian.dns.wire.Cookie;
import meridian.dns.wire.Header;
import meridian.record.RecordType;

/// A query whose response is over the limit, read as far as it takes to know who is let through,
/// and to send others to TCP: without an object, for there may be a flood of them. The next one
/// overwrites it.
///
/// The OPT record is found where all programs put it, right behind the question, before a TSIG
/// record if there is one. Elsewhere it counts as none, and its cookie too.
final class HeldQuery {

    /// The counts of a header: one question, and nothing else but for additional records.
    private static final long ONE_QUESTION = 1L << 48;

    private static final long ADDITIONAL = 0xffff;

    private static final int OPT_LENGTH = 11;
    private static final int DO = 0x8000;
    private static final int OPTION_HEAD = 4;

    private final ServerCookies cookies;
    private final int payloadSize;

    private ByteBuffer query = ByteBuffer.allocate(0);

    /// Where that ends which is read: the query, or the options of its OPT.
    private int end;

    /// Octets of the header and the question.
    private int length;

    private boolean hasOpt;
    private boolean dnssecOk;
    private boolean hasCookie;
    private boolean hasServer;
    private long client;
    private long head;
    private long hash;

    /// @param payloadSize octets that we take over UDP
    HeldQuery(ServerCookies cookies, int payloadSize) {
        this.cookies = cookies;
        this.payloadSize = payloadSize;
    }

    /// Reads a message that has a header.
    void read(ByteBuffer message) {
        query = message;
        end = message.limit();
        hasOpt = false;
        hasCookie = false;
        int at = message.position() + Header.LENGTH;
        while (at < end && message.get(at) > 0) at += 1 + message.get(at);
        at += 5;
        length = at - message.position();
        long counts = message.getLong(message.position() + 4);
        boolean isNext = (counts & ~ADDITIONAL) == ONE_QUESTION && (counts & ADDITIONAL) > 0;
        if (isNext && at + OPT_LENGTH <= end) readOpt(at);
    }

    private void readOpt(int at) {
        hasOpt = query.get(at) == 0 && query.getShort(at + 1) == RecordType.OPT.number();
        if (!hasOpt) return;
        dnssecOk = (query.getShort(at + 7) & DO) != 0;
        int option = at + OPT_LENGTH;
        end = Math.min(end, option + (query.getShort(option - 2) & 0xffff));
        while (option + OPTION_HEAD <= end && !hasCookie) {
            int data = option + OPTION_HEAD;
            int octets = query.getShort(option + 2) & 0xffff;
            if (query.getShort(option) == Cookie.CODE) readCookie(data, octets);
            option = data + octets;
        }
    }

    private void readCookie(int at, int octets) {
        if (!Cookie.isLength(octets) || at + octets > end) return;
        hasCookie = true;
        hasServer = octets > Cookie.CLIENT_LENGTH;
        boolean isLikeOurs = octets == Cookie.LENGTH;
        client = query.getLong(at);
        head = isLikeOurs ? query.getLong(at + 8) : 0;
        hash = isLikeOurs ? query.getLong(at + 16) : 0;
    }

    /// Whether it has a good cookie, so that it comes from where it seems to.
    boolean isKnown(ResolverAddress from) {
        return hasCookie && standing(from, cookies.now()) == Standing.VALID;
    }

    private Standing standing(ResolverAddress from, long now) {
        return cookies.standing(client, hasServer, head, hash, from, now);
    }

    /// Leaves of its response no more than that it may be asked over TCP, in whose name nobody can
    /// ask but who has the address: not longer than the query, but for a server cookie.
    ///
    /// @param response from `start` on: header, question and the rest
    /// @return octets of what is left
    int truncate(ByteBuffer response, int start, ResolverAddress from) {
        int flags = response.getShort(start + 2) & (Header.QR | Header.RD | Header.CD);
        response.putShort(start + 2, (short) (flags | Header.TC));
        response.putLong(start + 4, hasOpt ? ONE_QUESTION + 1 : ONE_QUESTION);
        response.position(start + length);
        if (hasOpt) putOpt(response, from);
        return response.position() - start;
    }

    private void putOpt(ByteBuffer response, ResolverAddress from) {
        response.put((byte) 0).putShort((short) RecordType.OPT.number());
        response.putShort((short) payloadSize).putInt(dnssecOk ? DO : 0);
        response.putShort((short) (hasCookie ? OPTION_HEAD + Cookie.LENGTH : 0));
        if (!hasCookie) return;
        long now = cookies.now();
        long nextHead = ServerCookies.nextHead(standing(from, now), head, now);
        response.putShort((short) Cookie.CODE).putShort((short) Cookie.LENGTH);
        response.putLong(client).putLong(nextHead);
        response.putLong(cookies.hash(client, nextHead, from, now));
    }
}
