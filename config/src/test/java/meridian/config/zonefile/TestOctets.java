package meridian.config.zonefile;

import meridian.record.Octets;

/// Files that are in no file.
final class TestOctets {

    private TestOctets() {}

    static Octets of(byte[] content) {
        var octets = new Octets();
        int part = Octets.PIECE / 4;
        for (int at = 0; at < content.length; at += part)
            octets.put(content, at, Math.min(part, content.length - at));
        return octets;
    }
}
