package meridian.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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

    /// It may not serve.
    ///
    /// @param problems every one, warnings among them, sorted by file and line
    /// @param watchedFiles whose change may mend it
    record Refused(List<ConfigProblem> problems, Set<Path> watchedFiles) implements ConfigOutcome {

        public Refused {
            problems = List.copyOf(problems);
            watchedFiles = Set.copyOf(watchedFiles);
        }
    }
}
