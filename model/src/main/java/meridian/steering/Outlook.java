package meridian.steering;

import java.util.ArrayList;
import java.util.List;
import meridian.record.RecordType;

/// A service as far as steering looks, for a type that clients ask for: its situation for each type
/// whose endpoints the records are made of.
public record Outlook(Shape shape, List<Situation> situations) {

    public Outlook {
        situations = List.copyOf(situations);
    }

    public static Outlook of(ServiceState state, RecordType type) {
        List<RecordType> measured = Shape.measured(state.service(), type);
        var situations = new ArrayList<Situation>(measured.size());
        for (RecordType one : measured) situations.add(Situation.of(state, one));
        return new Outlook(Shape.of(state.service(), type), situations);
    }

    /// What of each pool is an answer by itself, while it serves, in the order of the
    /// configuration.
    public List<Source> alone() {
        if (shape != Shape.SAMPLE) return List.of();
        return situations.getFirst().regions().stream().<Source>map(Source.Serving::new).toList();
    }
}
