package meridian.dns.wire;

import java.nio.ByteBuffer;

/// Where in one message each name, and each end of a name, was written first (RFC 1035 §4.1.4).
///
/// A hash table of message offsets with open addressing: small, because it is made anew for each
/// response. When it is half full, later names are no longer remembered, only found.
final class NameCompression {

    private static final int SLOTS = 256;

    /// Pointers have fourteen bits.
    private static final int MAX_OFFSET = 0x3fff;

    private final ByteBuffer message;
    private final int start;
    private final short[] slots = new short[SLOTS];
    private int used;

    /// @param start where in the buffer the message begins; offsets count from there
    NameCompression(ByteBuffer message, int start) {
        this.message = message;
        this.start = start;
    }

    /// The offset of an earlier occurrence of the name that begins at `from` in `wire`, or 0.
    int find(byte[] wire, int from) {
        for (int slot = slotOf(wire, from); slots[slot] != 0; slot = (slot + 1) % SLOTS) {
            if (matches(slots[slot], wire, from)) return slots[slot];
        }
        return 0;
    }

    /// The name that begins at `from` in `wire` is being written at this offset of the message.
    void remember(byte[] wire, int from, int offset) {
        if (offset > MAX_OFFSET || used == SLOTS / 2) return;
        int slot = slotOf(wire, from);
        while (slots[slot] != 0) slot = (slot + 1) % SLOTS;
        slots[slot] = (short) offset;
        used++;
    }

    /// Not behind the buffer's position: a name that is being written has no end there yet, but
    /// octets of an earlier message, which may go on as this one does.
    private boolean matches(int offset, byte[] wire, int from) {
        int theirs = start + offset;
        int ours = from;
        while (theirs < message.position()) {
            int length = message.get(theirs) & 0xff;
            if (length >= 0xc0) {
                theirs = start + (message.getShort(theirs) & MAX_OFFSET);
            } else if (length != wire[ours] || !sameLabel(theirs + 1, wire, ours + 1, length)) {
                return false;
            } else if (length == 0) {
                return true;
            } else {
                theirs += 1 + length;
                ours += 1 + length;
            }
        }
        return false;
    }

    private boolean sameLabel(int theirs, byte[] wire, int ours, int length) {
        for (int i = 0; i < length; i++) {
            if (lower(message.get(theirs + i)) != lower(wire[ours + i])) return false;
        }
        return true;
    }

    private static int slotOf(byte[] wire, int from) {
        int hash = 1;
        for (int at = from; wire[at] != 0; at++) hash = 31 * hash + lower(wire[at]);
        return (hash ^ (hash >>> 15)) & (SLOTS - 1);
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }
}
