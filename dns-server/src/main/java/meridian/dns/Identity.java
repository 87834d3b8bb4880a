package meridian.dns;

import java.util.Optional;

/// What this server says of itself to whoever asks.
///
/// @param node its id, of at most 255 octets
/// @param version of Meridian, likewise
public record Identity(Optional<String> node, Optional<String> version) {

    /// It says nothing.
    public static final Identity UNTOLD = new Identity(Optional.empty(), Optional.empty());
}
