package meridian.steering;

import java.util.List;
import meridian.record.RecordType;

/// A service as far as steering looks, for a type that clients ask for: its situation for each type
/// whose endpoints the records are made of.
public record Outlook(Shape shape, List<Situation> situations) {

    public Outlook {
        situations = List.copyOf(situations);
    }

    public static Outlook of(ServiceState state, RecordType type) {
        return new Outlook(
                Shape.of(state.service(), type),
                Shape.measured(state.service(), type).stream()
                        .map(measured -> Situation.of(state, measured))
                        .toList());
    }

    /// What of each pool is an answer by itself, while it serves, in the order of the
    /// configuration.
    public List<Source> alone() {
        if (shape != Shape.SAMPLE) return List.of();
        return situations.getFirst().regions().stream().<Source>map(Source.Serving::new).toList();
    }
}
