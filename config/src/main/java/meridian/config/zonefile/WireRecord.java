package meridian.config.zonefile;

import java.util.Arrays;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// One record as it was read, in octets. Whoever reads many lines uses one for all of them.
final class WireRecord {

    /// Octets between the owner and the data of a record on the wire: type, class, TTL, length.
    private static final int FIXED = 10;

    final byte[] owner;
    int ownerLength;
    int type;
    int dclass;

    /// As written: the case of names is preserved.
    final byte[] data;

    int length;

    /// In canonical form (RFC 4034 §6.2), by which records are told apart, if that is other.
    private byte[] lower = {};

    private boolean isCanonical = true;

    /// One that is to be filled.
    WireRecord(byte[] owner, byte[] data) {
        this.owner = owner;
        this.data = data;
    }

    static WireRecord of(Record record) {
        byte[] owner = record.getName().toWire();
        byte[] wire = record.toWire(Section.ANSWER);
        byte[] data = Arrays.copyOfRange(wire, owner.length + FIXED, wire.length);
        var made = new WireRecord(owner, data);
        made.ownerLength = owner.length;
        made.type = record.getType();
        made.dclass = record.getDClass();
        made.length = data.length;
        byte[] canonical = record.rdataToWireCanonical();
        if (!Arrays.equals(canonical, data)) made.setCanonical(canonical);
        return made;
    }

    /// The data are in canonical form as they are written.
    void setCanonical() {
        isCanonical = true;
    }

    void setCanonical(byte[] other) {
        lower = other;
        isCanonical = false;
    }

    boolean isCanonical() {
        return isCanonical;
    }

    byte[] canonical() {
        return isCanonical ? data : lower;
    }

    int canonicalLength() {
        return isCanonical ? length : lower.length;
    }
}
