package meridian.intent;

import java.time.Instant;
import java.util.Optional;

/// Who asked for something, why, and from when until when.
///
/// @param id unique over the fleet and for ever
/// @param owner who asked, from the token
/// @param end empty: until someone ends it
public record Origin(String id, String owner, String reason, Instant begun, Optional<Instant> end) {

    public static final int MAX_REASON = 500;

    public Origin {
        if (id.isBlank() || id.length() > 64) {
            throw new IllegalArgumentException(
                    "an intent's id \"" + id + "\" is not of 1 to 64 characters");
        }
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "an intent needs a reason of 1 to " + MAX_REASON + " characters");
        }
        if (end.isPresent() && !end.get().isAfter(begun)) {
            throw new IllegalArgumentException(
                    "what begins at " + begun + " cannot end at " + end.get());
        }
    }
}
