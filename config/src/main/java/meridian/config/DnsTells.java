package meridian.config;

/// What a name server says of itself to whoever asks it.
///
/// @param node its id
/// @param version of Meridian
public record DnsTells(boolean node, boolean version) {

    public static final DnsTells DEFAULT = new DnsTells(true, true);
}
