package meridian.dns;

import java.util.Optional;

/// What whoever asks is told of this server and of its choices.
///
/// @param node its id, of at most 255 octets
/// @param version of Meridian, likewise
public record Told(Optional<String> node, Optional<String> version, Explanations explanations) {

    public static final Told NOTHING =
            new Told(Optional.empty(), Optional.empty(), Explanations.NONE);
}
