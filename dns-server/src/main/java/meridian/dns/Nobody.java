package meridian.dns;

import java.util.Arrays;
import java.util.Optional;
import meridian.record.DomainName;

/// The specimen of names that do not exist: a label that no zone has, since they are alike but for
/// their length.
final class Nobody {

    private static final byte[] LABEL = {4, 0, (byte) 0xff, 0, (byte) 0xff};

    private Nobody() {}

    /// Whether a name just below one of this length can have it.
    static boolean hasRoomBelow(int length) {
        return length + LABEL.length <= DomainName.MAX_LENGTH;
    }

    static Optional<DomainName> below(DomainName name) {
        if (!hasRoomBelow(name.wireLength())) return Optional.empty();
        byte[] wire = Arrays.copyOf(LABEL, LABEL.length + name.wireLength());
        System.arraycopy(name.toWire(), 0, wire, LABEL.length, name.wireLength());
        return Optional.of(DomainName.ofWire(wire, 0, wire.length));
    }

    /// Whether a name begins as it does.
    static boolean isIt(byte[] name, int length) {
        return length > LABEL.length
                && Arrays.equals(name, 0, LABEL.length, LABEL, 0, LABEL.length);
    }
}
