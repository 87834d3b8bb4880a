package meridian.config;

import java.util.List;
import meridian.config.source.ConfigProblem;

/// What came of reading a configuration.
public sealed interface ConfigOutcome {

    /// It may serve; the warnings ask for a second look.
    record Accepted(Configuration configuration, List<ConfigProblem> warnings)
            implements ConfigOutcome {

        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /// Every problem, warnings among them, sorted by file and line.
    record Refused(List<ConfigProblem> problems) implements ConfigOutcome {

        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
