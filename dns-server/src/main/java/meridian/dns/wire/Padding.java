package meridian.dns.wire;

/// What makes messages of many lengths alike, so that their length tells nobody what is in them
/// (RFC 7830).
public final class Padding {

    /// EDNS option code.
    public static final int CODE = 12;

    /// Wherever it stands among the options of a response, [ResponseWriter] writes it last, and as
    /// long as it has to be.
    public static final EdnsOption OPTION = new EdnsOption(CODE, new byte[0]);

    /// Octets that the length of a padded response is a multiple of (RFC 8467 §4.1).
    private static final int BLOCK = 468;

    private Padding() {}

    /// Octets that a message of this length lacks; fewer where it may not be that long.
    static int of(int length, int most) {
        return Math.min(Math.floorMod(-length, BLOCK), most - length);
    }
}
