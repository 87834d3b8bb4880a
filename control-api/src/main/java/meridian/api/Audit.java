package meridian.api;

import java.io.IOException;
import java.time.Instant;

/// Where every change is written before it is made. What cannot be written is not done.
public interface Audit {

    /// Appends one line.
    ///
    /// @throws IOException if the line may not be there to be read later
    void write(Line line) throws IOException;

    /// One change, asked for by someone.
    ///
    /// @param action `drain`, `undrain`, the kind of another intent, `end` and that kind
    /// @param target the region, or region and service, or what else it is about
    /// @param outcome `accepted`, `forced`, `refused by the guard`, `failed: …`
    record Line(
            Instant time,
            String owner,
            String remote,
            String action,
            String id,
            String target,
            String reason,
            String outcome) {}
}
