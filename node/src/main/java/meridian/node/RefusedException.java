package meridian.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import meridian.config.source.ConfigProblem;

/// A configuration was refused: by its errors, a line each, among which its warnings are told too.
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<String> errors;
    private final transient List<String> warnings;
    private final transient Set<Path> watchedFiles;

    RefusedException(List<String> errors) {
        this(errors, List.of(), Set.of());
    }

    private RefusedException(List<String> errors, List<String> warnings, Set<Path> watchedFiles) {
        super(String.join("\n", errors));
        this.errors = errors;
        this.warnings = warnings;
        this.watchedFiles = watchedFiles;
    }

    /// What cannot be served says why; anything else that is thrown is a defect of ours.
    static RefusedException by(Throwable why) {
        return new RefusedException(
                List.of(
                        why instanceof IllegalArgumentException
                                ? String.valueOf(why.getMessage())
                                : "a defect of this node was met, see its log: " + why));
    }

    /// What is shown beside files that were accepted, or that nobody read.
    static RefusedException ofNothing() {
        return new RefusedException(List.of());
    }

    /// @param watchedFiles whose change may mend it
    static RefusedException of(List<ConfigProblem> problems, Set<Path> watchedFiles) {
        return new RefusedException(
                told(problems, ConfigProblem::isError),
                told(problems, problem -> !problem.isError()),
                watchedFiles);
    }

    private static List<String> told(List<ConfigProblem> problems, Predicate<ConfigProblem> which) {
        return problems.stream().filter(which).map(ConfigProblem::toString).toList();
    }

    List<String> errors() {
        return errors;
    }

    List<String> warnings() {
        return warnings;
    }

    /// The errors first.
    List<String> lines() {
        return Stream.concat(errors.stream(), warnings.stream()).toList();
    }

    Set<Path> watchedFiles() {
        return watchedFiles;
    }
}
